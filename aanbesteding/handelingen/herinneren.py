"""Reminders to exactly those who still owe something, once a day for the same thing.

Who owes what follows from the same list as the pages (overzichten/te_doen), at the moment of sending: who finished
a minute ago gets no mail. What is sealed is not in that list.
"""

import hashlib
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlmodel import col, select

from ..fouten import Conflict
from ..instellingen import instellingen
from ..model import Bericht, Verwerkt
from ..overzichten import te_doen
from ..overzichten.stand import stand
from ..overzichten.taken import Taak
from ..post.opstellen import stel_op
from ..regels import Sleutel
from ..termijnen import naar_amsterdam
from .basis import Log, Werk, handeling


def merkteken(sleutel: str, taak: Taak, nu: datetime) -> str:
    """The same person, the same thing, the same day in Amsterdam: one reminder."""
    return f"herinnering:{naar_amsterdam(nu).date()}:{sleutel}:{taak.merk}"


@handeling
def herinner(werk: Werk, *, wie: Annotated[list[Sleutel], Field(min_length=1)]) -> Log:
    """Stuur een herinnering aan wie nog iets moet doen; hooguit één keer per dag over hetzelfde."""
    poorten = stand(werk.session, werk.ronde, werk.nu)
    mensen = te_doen.van_iedereen(werk.session, werk.ronde, poorten, werk.nu)
    al = al_herinnerd(werk)
    aan: dict[str, list[str]] = {}
    for mens in mensen:
        sleutel = mens.deelnemer.sleutel
        nieuw = [t for t in mens.taken if merkteken(sleutel, t, werk.nu) not in al]
        if sleutel in wie and nieuw:
            _leg_klaar(werk, mens, nieuw)
            aan[sleutel] = [t.merk for t in nieuw]
    if not aan:
        raise Conflict("Er ging geen herinnering uit: niemand van deze mensen moet nog iets, of zij kregen er al een.")
    return {"aan": aan}


def al_herinnerd(werk: Werk) -> set[str]:
    vraag = select(Verwerkt.sleutel).where(Verwerkt.ronde_id == werk.ronde_id)
    return set(werk.session.exec(vraag.where(col(Verwerkt.sleutel).startswith("herinnering:"))))


def _leg_klaar(werk: Werk, mens: te_doen.Mensentaken, taken: list[Taak]) -> None:
    """One mail with everything that this person still owes, and a mark per thing: two pilots can share one."""
    sleutel = mens.deelnemer.sleutel
    tekens = [merkteken(sleutel, t, werk.nu) for t in taken]
    tekst = stel_op("herinnering", _gegevens(werk, mens.persoon.naam, taken))
    merk = hashlib.sha256("|".join(tekens).encode()).hexdigest()[:32]
    werk.bewaar(
        *[Verwerkt(ronde_id=werk.ronde_id, sleutel=t, moment=werk.nu) for t in dict.fromkeys(tekens)],
        Bericht(
            ronde_id=werk.ronde_id,
            message_id=f"<{merk}@{werk.ronde.kenmerk}.aanbesteding>",
            aan_naam=mens.persoon.naam,
            aan_email=mens.persoon.email,
            onderwerp=tekst.onderwerp,
            tekst=tekst.tekst,
            html=tekst.html,
            klaar_op=werk.nu,
        ),
    )


def _gegevens(werk: Werk, naam: str, taken: list[Taak]) -> dict[str, Any]:
    basis = f"{instellingen().adres}/werk/{werk.ronde.kenmerk}"
    return {
        "naam": naam,
        "titel": "Herinnering",
        "ronde": werk.regels.ronde.model_dump(mode="json"),
        "document": {"kenmerk": f"{werk.ronde.zaaknummer}/herinnering"},
        "taken": [{"tekst": t.tekst, "tot": t.tot, "te_laat": t.te_laat(werk.nu)} for t in taken],
        "adres": basis,
    }
