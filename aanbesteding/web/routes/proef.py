"""Only in an example (`aanbesteding start --voorbeeld`): log in as any role with one click, and read the mail."""

import email
from email import policy
from email.message import EmailMessage
from pathlib import Path

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import col, select

from ...fouten import NietGevonden
from ...handelingen import aanmelden
from ...instellingen import instellingen
from ...model import Deelnemer, Persoon, Rolhouder, Ronde
from ...procedure import Rol
from ..doen import terug_naar
from ..middelen import Database, MisschienIngelogd, Motor, Nu
from ..sjablonen import pagina
from .aanmelden import apparaat, met_koekje


def _alleen_voorbeeld(session: Database) -> None:
    """As if it did not exist: nobody may log in like this where a real round lives, whatever the setting says."""
    echt = session.exec(select(Ronde).where(col(Ronde.oefening).is_(False)).limit(1)).first()
    if not instellingen().voorbeeld or echt is not None:
        raise NietGevonden("Deze pagina is er alleen in een voorbeeld.")


router = APIRouter(dependencies=[Depends(_alleen_voorbeeld)])


@router.get("/proef")
def kies(verzoek: Request, bezoek: MisschienIngelogd, session: Database) -> Response:
    """Everybody per role, with the round that he takes part in."""
    vraag = (
        select(Ronde, Rolhouder.rol, Persoon, Deelnemer)
        .join(Deelnemer, col(Deelnemer.ronde_id) == Ronde.id)
        .join(Rolhouder)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .order_by(col(Ronde.id), col(Deelnemer.id))
    )
    per_rol: dict[str, list[tuple[str, str, str]]] = {r.value: [] for r in Rol}
    for _ronde, rol, persoon, deelnemer in session.exec(vraag):
        per_rol[rol].append((persoon.naam, persoon.email, deelnemer.functie or deelnemer.afdeling))
    return pagina(verzoek, "proef.html", per_rol={r: p for r, p in per_rol.items() if p})


@router.post("/proef/{adres}")
def word(verzoek: Request, adres: str, motor: Motor, nu: Nu) -> Response:
    geheim = aanmelden.begin_sessie(motor, adres, wijze="oefening", apparaat=apparaat(verzoek), nu=nu)
    return met_koekje(verzoek, terug_naar("/mijn", "aangemeld"), geheim)


@router.get("/postvak")
def postvak(verzoek: Request, bezoek: MisschienIngelogd) -> Response:
    """The mail that this installation wrote instead of sending, the newest first."""
    folder = instellingen().post_map
    paden = sorted(folder.rglob("*.eml"), key=lambda p: p.stat().st_mtime, reverse=True)[:200]
    return pagina(verzoek, "postvak.html", brieven=[(p.relative_to(folder).as_posix(), _lees(p)) for p in paden])


@router.get("/postvak/{plek:path}")
def bericht(verzoek: Request, plek: str, bezoek: MisschienIngelogd) -> Response:
    folder = instellingen().post_map.resolve()
    if not plek.isprintable() or len(plek) > 250:  # no file system has such a name, and asking it is an error
        raise NietGevonden("Dit bericht is er niet.")
    pad = (folder / plek).resolve()
    if not pad.is_relative_to(folder) or pad.suffix != ".eml" or not pad.is_file():
        raise NietGevonden("Dit bericht is er niet.")
    mail = _lees(pad)
    deel = mail.get_body(("plain",))
    bijlagen = [d.get_filename() for d in mail.iter_attachments()]
    return pagina(verzoek, "bericht.html", mail=mail, tekst=deel.get_content() if deel else "", bijlagen=bijlagen)


def _lees(pad: Path) -> EmailMessage:
    mail = email.message_from_bytes(pad.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101  # what policy.default always gives
    return mail
