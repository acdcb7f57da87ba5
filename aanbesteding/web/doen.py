"""Doing an act from a page: the same `handelingen.doe` as everywhere, and afterwards the round is woken."""

import logging
import re
import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import BackgroundTasks
from fastapi.responses import RedirectResponse
from sqlalchemy import Engine

from .. import klok, orkest
from ..fouten import Gebruikersfout, Invoerfout
from ..handelingen import doe
from ..model import Deelnemer
from .middelen import Plek

log = logging.getLogger(__name__)


def nieuwe_sleutel() -> str:
    """For a hidden field: a form that is sent twice does its act once."""
    return secrets.token_urlsafe(12)


def doe_als(
    plek: Plek, wie: Deelnemer, handeling: str, gegevens: Mapping[str, Any], *, sleutel: str,
    achteraf: BackgroundTasks,
) -> bool:  # fmt: skip
    """Do the act as this participant; False when this very form was already handled. Raises Gebruikersfout."""
    gedaan = doe(
        plek.motor, plek.kenmerk, handeling, wie=wie.sleutel, nu=plek.nu, gegevens=gegevens,
        sleutel=f"web:{wie.sleutel}:{sleutel}" if sleutel else "",
    )  # fmt: skip
    achteraf.add_task(wek, plek.motor, plek.kenmerk)
    return gedaan


def wek(motor: Engine, kenmerk: str) -> None:
    """After an act: a gate may be due. What goes wrong here is the deurwachter's to mend, never the person's."""
    try:
        orkest.wek_als_nodig(motor, kenmerk, klok.nu())
    except Exception:
        log.exception("De ronde %s is niet gewekt; de deurwachter doet het later.", kenmerk)


def terug_naar(pad: str, klaar: str = "gedaan") -> RedirectResponse:
    """See-other after a form, so that the back button and a reload send nothing again."""
    return RedirectResponse(f"{pad}{'&' if '?' in pad else '?'}klaar={klaar}", 303)


def per_veld(fout: Invoerfout) -> dict[str, list[str]]:
    """Faults by field name: 'motivering: schrijf …' → {'motivering': ['schrijf …']}; '' holds the rest."""
    uit: dict[str, list[str]] = {}
    for regel in fout.fouten:
        veld, scheiding, zin = regel.partition(": ")
        kaal = veld.strip()
        if scheiding and " " not in kaal:
            uit.setdefault(kaal, []).append(zin)
        else:
            uit.setdefault("", []).append(regel)
    return uit


def zonder_raad(fout: Gebruikersfout) -> str:
    """The message without "Bedoelt u …" and "Kies uit …": those name coalitions, and before the vault opens nobody
    may learn which there are. On the command line, where the operator asks, they stay."""
    return re.split(r" (?=Bedoelt u |Kies uit: )", fout.bericht, maxsplit=1)[0]
