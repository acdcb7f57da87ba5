"""What all rounds together teach, for everybody: incentives, approaches with their results, and lessons."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from ...fouten import NietGevonden
from ...kern.bewijskracht import ERKENNING, TREDEN
from ...overzichten import leren
from ..middelen import Database, MisschienIngelogd
from ..openbare_kop import bestand, vindbaar
from ..opendata import rijen_als_csv, rijen_als_json
from ..sjablonen import pagina

router = APIRouter()
TABELLEN: dict[str, tuple[str, Callable[[leren.Lessen], Sequence[Any]]]] = {
    "uitkomsten": ("Uitkomsten per pilot en indicator", lambda alles: alles.uitkomsten),
    "coalities": ("Prikkels per coalitie", lambda alles: alles.coalities),
    "lessen": ("Lessen uit de evaluaties", lambda alles: alles.lessen),
}


@router.get("/leren")
def toon(verzoek: Request, bezoek: MisschienIngelogd, session: Database) -> Response:
    alles = leren.lessen(session)
    html = pagina(
        verzoek, "openbaar/leren.html", alles=alles, treden=TREDEN, erkenning=ERKENNING,
        tabellen=[(naam, titel) for naam, (titel, _) in TABELLEN.items()],
    )  # fmt: skip
    return vindbaar(html)


@router.get("/leren/{tabel}.{soort}")
def data(tabel: str, soort: Literal["csv", "json"], session: Database) -> Response:
    if tabel not in TABELLEN:
        raise NietGevonden(f"Deze tabel is er niet. Er zijn: {', '.join(TABELLEN)}.")
    rijen = [asdict(r) for r in TABELLEN[tabel][1](leren.lessen(session))]
    if soort == "json":
        return bestand(rijen_als_json(rijen), "application/json", f"leren-{tabel}.json")
    return bestand(rijen_als_csv(rijen), "text/csv; charset=utf-8", f"leren-{tabel}.csv")
