"""The page of a round for who leads it: timeline, blockers, who owes what, reminders."""

from fastapi import APIRouter, BackgroundTasks, Request, Response

from ...fouten import Gebruikersfout
from ...handelingen.herinneren import merkteken
from ...overzichten import leiden, te_doen, te_doen_teams, vind
from ...overzichten.stand import Poortstand, stand
from ...overzichten.taken import LOOPT
from ...procedure import Rol
from .. import poortwoorden
from ..doen import doe_als, nieuwe_sleutel, terug_naar
from ..middelen import Plek
from ..sjablonen import pagina
from ..velden import Formulier
from .vorm import Fouten, Leidt, fouten_uit

router = APIRouter(prefix="/werk/{kenmerk}/leiden")


@router.get("")
def overzicht(verzoek: Request, plek: Leidt) -> Response:
    poorten = stand(plek.session, plek.ronde, plek.nu)
    return pagina(
        verzoek, "leiden/index.html", poorten=poorten, lopend=[p for p in poorten if p.status in LOOPT],
        mensen=te_doen.van_iedereen(plek.session, plek.ronde, poorten, plek.nu),
        herinnerd=leiden.herinnerd(plek.session, plek.ronde),
        stukken=leiden.stukken_per_poort(plek.session, plek.ronde),
        plek_van=te_doen_teams.PLEK, streef=te_doen_teams.streefdatums(vind.regels(plek.session, plek.ronde)),
        let_op=leiden.let_op, woorden=poortwoorden,
    )  # fmt: skip


@router.get("/herinneren")
def toon_herinneren(verzoek: Request, plek: Leidt) -> Response:
    return _herinneren(verzoek, plek)


def _herinneren(verzoek: Request, plek: Plek, *, fouten: Fouten | None = None, status: int = 200) -> Response:
    """Everybody who owes something now, with what the mail will say; ticked unless he had it today."""
    poorten: list[Poortstand] = stand(plek.session, plek.ronde, plek.nu)
    al = leiden.herinneringen(plek.session, plek.ronde)
    rijen = [
        (m, [(t, merkteken(m.deelnemer.sleutel, t, plek.nu) in al) for t in m.taken])
        for m in te_doen.van_iedereen(plek.session, plek.ronde, poorten, plek.nu)
    ]
    return pagina(
        verzoek, "leiden/herinneren.html", status=status, rijen=rijen, fouten=fouten or {},
        sleutel=nieuwe_sleutel(), herinnerd=leiden.herinnerd(plek.session, plek.ronde),
    )  # fmt: skip


@router.post("/herinneren")
def herinner(verzoek: Request, plek: Leidt, velden: Formulier, achteraf: BackgroundTasks) -> Response:
    wie = [naam.removeprefix("wie-") for naam, w in velden.tekst.items() if naam.startswith("wie-") and w]
    if not wie:
        return _herinneren(verzoek, plek, fouten={"": ["Kies minstens één persoon."]}, status=422)
    try:
        doe_als(
            plek,
            plek.deelnemer(Rol.PROJECTLEIDER),
            "herinner",
            {"wie": wie},
            sleutel=velden["sleutel"],
            achteraf=achteraf,
        )
    except Gebruikersfout as fout:
        return _herinneren(verzoek, plek, fouten=fouten_uit(fout), status=422)
    return terug_naar(f"/werk/{plek.kenmerk}/leiden", "herinnerd")
