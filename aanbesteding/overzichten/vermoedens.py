"""Conflicts of interest that the data themselves suggest, put to the assessor as a question.

Nobody is excluded by a match: two people may share a mail domain by chance. But who sees a match and answers
"no interest" must say why (Awb 2:4, kennis/domein.md chapter 2: the appearance of bias counts too). A question
names organisations and coalitions, never another person.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sqlmodel import Session, col, select

from ..model import Advies, Coalitie, Deelnemer, Organisatie, Partner, Persoon, Ronde, Voorstel
from ..procedure import Rol
from . import vind

Soort = Literal["organisatie", "maildomein", "adviseur", "contact", "concurrent"]

OPENBARE_POST = frozenset({
    "aol.com", "caiway.nl", "casema.nl", "chello.nl", "fastmail.com", "gmail.com", "gmx.com", "gmx.net",
    "googlemail.com", "hccnet.nl", "hetnet.nl", "home.nl", "hotmail.com", "hotmail.nl", "icloud.com", "kpnmail.nl",
    "kpnplanet.nl", "live.com", "live.nl", "mac.com", "me.com", "msn.com", "online.nl", "onsnet.nu", "outlook.com",
    "outlook.nl", "planet.nl", "proton.me", "protonmail.com", "quicknet.nl", "solcon.nl", "tele2.nl", "telfort.nl",
    "upcmail.nl", "versatel.nl", "xs4all.nl", "yahoo.com", "yahoo.nl", "zeelandnet.nl", "ziggo.nl",
    "ziggomail.com", "zonnet.nl",
})  # fmt: skip
"""Mail providers for the public: sharing one says nothing about a tie."""

RECHTSVORM = re.compile(r"\b(stichting|vereniging|co[oö]peratie|b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|u\.?a\.?)(?!\w)")


@dataclass(frozen=True)
class Vermoeden:
    """One match in the data: `beoordelaar` and `coalitie` are keys, `vraag` is what the assessor is asked."""

    beoordelaar: str
    coalitie: str
    soort: Soort
    vraag: str


@dataclass(frozen=True)
class _Groep:
    """A coalition with all partners it named, confirmed or not, and whom they are represented by."""

    coalitie: Coalitie
    organisaties: list[Organisatie] = field(default_factory=list)
    contacten: set[int] = field(default_factory=set)
    domeinen: dict[str, str] = field(default_factory=dict)
    adviseurs: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Mens:
    deelnemer: Deelnemer
    persoon_id: int
    domein: str


def kale_naam(naam: str) -> str:
    """An organisation's name without legal form, capitals and punctuation, so that spellings meet."""
    return " ".join(re.findall(r"\w+", RECHTSVORM.sub(" ", naam.casefold())))


def maildomein(email: str) -> str:
    """The domain in lower case; empty for a public provider, because that is no tie."""
    domein = email.rpartition("@")[2].strip().casefold().rstrip(".")
    return "" if domein in OPENBARE_POST else domein


def zelfde_domein(a: str, b: str) -> bool:
    """Equal, or the one is a subdomain of the other (mail.organisatie.nl and organisatie.nl)."""
    kort, lang = sorted((a, b), key=len)
    return "." in kort and (kort == lang or lang.endswith(f".{kort}"))


def vermoedens(session: Session, ronde: Ronde) -> dict[tuple[int, int], list[Vermoeden]]:
    """(proposal id, assessor id) → matches, for every admissible proposal. A constant number of statements."""
    voorstellen = vind.ontvankelijke(session, ronde)
    groepen = _groepen(session, ronde)
    mee = {vind.sid(v.coalitie_id) for v, _ in vind.voorstellen(session, ronde)}
    uit: dict[tuple[int, int], list[Vermoeden]] = {}
    for mens in _beoordelaars(session, ronde):
        elders = [g for cid, g in groepen.items() if cid in mee and _doet_mee(mens, g)]
        for v, _ in voorstellen:
            gevonden = list(_vergelijk(mens, groepen[v.coalitie_id], elders))
            if gevonden:
                uit[vind.sid(v.id), vind.sid(mens.deelnemer.id)] = gevonden
    return uit


def over(session: Session, ronde: Ronde, wie: Deelnemer, voorstel: Voorstel) -> list[Vermoeden]:
    """The matches between this assessor and this proposal."""
    return vermoedens(session, ronde).get((vind.sid(voorstel.id), vind.sid(wie.id)), [])


def _beoordelaars(session: Session, ronde: Ronde) -> list[_Mens]:
    adressen = dict(
        session.exec(select(Deelnemer.id, Persoon.email).join(Persoon).where(Deelnemer.ronde_id == ronde.id)).all()
    )
    wie = vind.met_rol(session, ronde, Rol.BEOORDELAAR)
    return [_Mens(d, d.persoon_id, maildomein(adressen[vind.sid(d.id)])) for d in wie]


def _groepen(session: Session, ronde: Ronde) -> dict[int, _Groep]:
    alle = session.exec(select(Coalitie).where(Coalitie.ronde_id == ronde.id))
    uit = {vind.sid(c.id): _Groep(c) for c in alle}
    partners = (
        select(Partner.coalitie_id, Organisatie)
        .join(Organisatie, col(Partner.organisatie_id) == Organisatie.id)
        .where(Organisatie.ronde_id == ronde.id)
        .order_by(col(Organisatie.sleutel))
    )
    contacten = _contacten(session, ronde)
    for cid, organisatie in session.exec(partners):
        groep = uit[cid]
        groep.organisaties.append(organisatie)
        for persoon_id, domein in contacten[vind.sid(organisatie.id)]:
            groep.contacten.add(persoon_id)
            groep.domeinen.setdefault(domein, organisatie.naam)
    vraag = select(Advies.coalitie_id, Deelnemer.persoon_id).join(Deelnemer, col(Advies.adviseur_id) == Deelnemer.id)
    for cid, persoon_id in session.exec(vraag.where(Deelnemer.ronde_id == ronde.id)):
        uit[cid].adviseurs.add(persoon_id)
    return uit


def _contacten(session: Session, ronde: Ronde) -> dict[int, list[tuple[int, str]]]:
    """Organisation id → (person, mail domain) of everyone who acts for it."""
    vraag = (
        select(Deelnemer.organisatie_id, Persoon.id, Persoon.email)
        .join(Persoon, col(Deelnemer.persoon_id) == Persoon.id)
        .where(Deelnemer.ronde_id == ronde.id, col(Deelnemer.organisatie_id).is_not(None))
    )
    uit: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for organisatie_id, persoon_id, email in session.exec(vraag):
        uit[vind.sid(organisatie_id)].append((vind.sid(persoon_id), maildomein(email)))
    return uit


def _eigen_organisatie(mens: _Mens, groep: _Groep) -> Organisatie | None:
    """The partner for which this assessor works, by name or by registration."""
    naam = kale_naam(mens.deelnemer.afdeling)
    return next(
        (
            o
            for o in groep.organisaties
            if o.id == mens.deelnemer.organisatie_id or (naam and naam == kale_naam(o.naam))
        ),
        None,
    )


def _doet_mee(mens: _Mens, groep: _Groep) -> bool:
    """Whether this assessor stands in this coalition: as a contact or through the own organisation."""
    return mens.persoon_id in groep.contacten or _eigen_organisatie(mens, groep) is not None


def _vergelijk(mens: _Mens, groep: _Groep, elders: Iterable[_Groep]) -> Iterable[Vermoeden]:
    wie, sleutel, naam = mens.deelnemer.sleutel, groep.coalitie.sleutel, groep.coalitie.naam
    organisatie = _eigen_organisatie(mens, groep)
    if organisatie:
        tekst = f"U werkt volgens onze gegevens bij '{organisatie.naam}', een partner van '{naam}'. Klopt dat?"
        yield Vermoeden(wie, sleutel, "organisatie", f"{tekst} Wat is uw band met deze organisatie?")
    elif partner := next((o for d, o in groep.domeinen.items() if zelfde_domein(mens.domein, d)), None):
        tekst = f"Uw e-mailadres heeft hetzelfde domein als '{partner}', een partner van '{naam}'."
        yield Vermoeden(wie, sleutel, "maildomein", f"{tekst} Wat is uw band met deze organisatie?")
    if mens.persoon_id in groep.contacten:
        tekst = f"U bent contactpersoon van een partner van '{naam}'. Hebt u een belang bij dit voorstel?"
        yield Vermoeden(wie, sleutel, "contact", tekst)
    if mens.persoon_id in groep.adviseurs:
        tekst = f"U bent adviseur van '{naam}'. Schreef u mee aan dit voorstel?"
        yield Vermoeden(wie, sleutel, "adviseur", tekst)
    for ander in elders:
        if ander is not groep:
            tekst = f"U of uw organisatie doet mee in '{ander.coalitie.naam}'. Dat voorstel strijdt met '{naam}' om"
            yield Vermoeden(wie, sleutel, "concurrent", f"{tekst} dezelfde plaatsen. Kunt u '{naam}' vrij beoordelen?")
