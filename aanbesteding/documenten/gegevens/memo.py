"""The memo for the college as a page shows it: the same data as the PDF, as it stood when the memo was made."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from ...kern import zekerheidstaal
from ...model import Collegestuk, Ronde
from ...overzichten import vind
from ...overzichten.collegebeeld import SOORTEN
from ...overzichten.doorgang import Doorgang
from ...regels import Regels
from .basis import Bouwer
from .beoordelen import collegevoorstel as memo_selectie
from .college import _tekst
from .oproepen import collegevoorstel_start as memo_vrijgave
from .plannen import collegevoorstel as memo_plannen

_BOUWER: dict[str, Bouwer] = {"vrijgave": memo_vrijgave, "selectie": memo_selectie, "plannen": memo_plannen}


def memo(session: Session, ronde: Ronde, soort: str, gemaakt_op: datetime) -> dict[str, Any]:
    """The data of this memo, with `zeker`: the answer to "how sure is it?" in one to three sentences."""
    regels = vind.regels(session, ronde)
    over = SOORTEN[soort]
    d = Doorgang(session, ronde, regels, over.poort, 1, True, gemaakt_op, gemaakt_op)
    [stuk] = _BOUWER[soort](d)
    gegevens = stuk.opdracht.gegevens | {"titel": stuk.opdracht.titel}
    toen = _tekst_van_toen(session, ronde, over.stuk, gemaakt_op)
    if toen is not None:
        gegevens["tekst"] = toen
    return gegevens | {"zeker": _zeker(soort, regels, gegevens)}


def _tekst_van_toen(session: Session, ronde: Ronde, stuk: str, gemaakt_op: datetime) -> dict[str, Any] | None:
    """A text that was rewritten after the memo was made, is not what lies before the college."""
    vraag = select(Collegestuk).where(
        Collegestuk.ronde_id == ronde.id, Collegestuk.soort == stuk, Collegestuk.geschreven_op <= gemaakt_op
    )
    rij = session.exec(vraag.order_by(col(Collegestuk.versie).desc())).first()
    return _tekst(rij.inhoud) if rij else None


def _zeker(soort: str, regels: Regels, gegevens: dict[str, Any]) -> str:
    einde = vind.momenten(regels, "metingen")[-1]
    if soort == "vrijgave":
        return zekerheidstaal.bij_vrijgave(regels.verdeling.plafond_euro, regels.verdeling.aantal, einde)
    if soort == "plannen":
        goed = [p for p in gegevens["pilots"] if p["akkoord"]]
        som = sum(p["bedrag_cent"] for p in goed) // 100
        return zekerheidstaal.bij_plannen(
            len(goed), len(gegevens["pilots"]), som, regels.verdeling.plafond_euro, einde
        )  # fmt: skip
    if gegevens["stevigheid"]:
        return str(gegevens["stevigheid"]["zin"])
    return f"{gegevens['rangschikking']['conclusie']} Hoe stevig dat is, is in deze ronde niet berekend."
