"""What may not stand in a public document: names of people in the round, and other personal details.

Pure: a list of forbidden values and texts in, findings out (AVG art. 5 lid 1 onder c; Woo art. 5.1 lid 1 onder d
and lid 2 onder e, art. 5.2 lid 3). Texts that people write (reasons, answers, deviations) flow into public
documents; `bekijk` looks at an order's data and attachments, openbaarheid_pdf.py at a finished file.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from .opdracht import Opdracht

Diepte = Literal["mensen", "woorden", "alles"]
MACHINEVELDEN = {"sleutel", "zaad", "startgetal", "hash", "sha256", "kenmerk", "lijst_sha256", "zaaknummer"}
"""Fields that a machine fills with digits; no phone number or BSN is looked for there, names are."""
TITEL = r"(?:de heer|dhr\.?|meneer|mevrouw|mevr\.?|mw\.?|drs\.?|dr\.?|mr\.?|ir\.?|ing\.?|ds\.?|prof\.?)"
AANSPREEK = re.compile(rf"^(?:{TITEL}\s+)+", re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEFOON = re.compile(
    r"(?<![\w.,+/-])(?:(?:\+|00)31[ -]?(?:\(0\)[ -]?)?[1-9]\d{0,2}|\(?0\d{1,3}\)?)"
    r"[ -]?\d{2,8}(?:[ -]\d{2,4}){0,4}(?![\w/-])"
)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
BSN = re.compile(r"(?<![\w.,/-])\d{9}(?![\w/-])")
DATUM = re.compile(r"\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Mens:
    """Someone whose name stays out: `rol` in Dutch for the message, `sleutels` are the keys that contain the name."""

    naam: str
    rol: str
    email: str = ""
    telefoon: str = ""
    sleutels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Afspraak:
    """A value that was looked at: it stands there as `toon` ("" means: as it is), for this `reden`."""

    waarde: str
    reden: str
    toon: str = ""


@dataclass(frozen=True)
class Vondst:
    """One forbidden value: in which document, where in it ("blad 3", "voorstellen 7, motivering"), and what."""

    document: str
    plek: str
    wat: str
    waarde: str

    def __str__(self) -> str:
        return f"{self.document}, {self.plek}: noemt {self.wat} ‘{self.waarde}’"


@dataclass(frozen=True)
class Verboden:
    """Who stays out, and the texts that may stay: names of organisations, contact data of the municipality."""

    mensen: tuple[Mens, ...]
    toegestaan: tuple[str, ...] = ()
    afspraken: tuple[Afspraak, ...] = field(default=())

    @cached_property
    def _vrij(self) -> list[tuple[str, re.Pattern[str]]]:
        """Allowed texts, longest first, so that a short name does not break a longer one."""
        vrij = {effen(t) for t in (*self.toegestaan, *(a.waarde for a in self.afspraken if not a.toon))} - {""}
        return [(t.casefold(), _letterlijk(t)) for t in sorted(vrij, key=len, reverse=True)]

    @cached_property
    def _patronen(self) -> list[tuple[str, re.Pattern[str], str]]:
        """(word that must be there, pattern, what it is); the word makes a long list of people cheap to look for."""
        uit = [
            (_kern(_achternaam(naamdelen(m.naam))).casefold(), patroon, f"de naam van een {m.rol}")
            for m in self.mensen
            for patroon in naampatronen(m.naam)
        ]
        vast = ((m.rol, effen(w)) for m in self.mensen for w in (m.email, *m.sleutels) if w)
        return uit + [(w.casefold(), _letterlijk(w), f"een gegeven van een {rol}") for rol, w in vast]

    @cached_property
    def _nummers(self) -> dict[str, str]:
        return {cijfers(m.telefoon): m.rol for m in self.mensen if cijfers(m.telefoon)}

    def zoek(self, tekst: str, *, diepte: Diepte = "alles") -> list[tuple[str, str]]:
        """(what, value) of every forbidden value in this text.

        `diepte`: only the people of the round ("mensen"), also any e-mail address ("woorden"), also BSN, IBAN and
        telephone numbers ("alles").
        """
        schoon = effen(tekst)
        for laag, vrij in self._vrij:
            if laag in schoon.casefold():
                schoon = vrij.sub(" … ", schoon)
        klein = schoon.casefold()
        uit = [(wat, m.group()) for woord, p, wat in self._patronen if woord in klein for m in p.finditer(schoon)]
        if diepte == "mensen":
            return uit
        gezien = {waarde for _, waarde in uit}
        uit += [("een e-mailadres", m.group()) for m in MAIL.finditer(schoon) if m.group() not in gezien]
        return uit + (list(self._getallen(schoon)) if diepte == "alles" else [])

    def _getallen(self, tekst: str) -> Iterator[tuple[str, str]]:
        yield from (("een burgerservicenummer", m.group()) for m in BSN.finditer(tekst) if is_bsn(m.group()))
        rekeningen = [m.group() for m in IBAN.finditer(tekst) if is_iban(m.group())]
        yield from (("een rekeningnummer", rekening) for rekening in rekeningen)
        for rekening in rekeningen:
            tekst = tekst.replace(rekening, " … ")
        for m in TELEFOON.finditer(DATUM.sub(" … ", tekst)):
            if is_telefoon(m.group()):
                rol = self._nummers.get(cijfers(m.group()))
                yield (f"het telefoonnummer van een {rol}" if rol else "een telefoonnummer"), m.group().strip()


def effen(tekst: str) -> str:
    """One notation: composed characters, plain spaces and hyphens; a PDF and a form differ in these."""
    vlak = unicodedata.normalize("NFKC", tekst).replace("\u00ad", "").replace("\u200b", "")
    return re.sub(r"\s+", " ", re.sub("[\u2010-\u2015]", "-", vlak)).strip()


def _los(patroon: str) -> str:
    """The pattern as whole words: "Ans" is not in "kansen", and "ad@x.nl" not in "had@x.nl"."""
    return rf"(?<![\w@]){patroon}(?!\w)"


def naamdelen(naam: str) -> list[str]:
    """The words of a name, without titles in front."""
    return AANSPREEK.sub("", effen(naam)).split()


def _letterlijk(tekst: str) -> re.Pattern[str]:
    return re.compile(_los(re.escape(tekst)), re.IGNORECASE)


def naampatronen(naam: str) -> list[re.Pattern[str]]:
    """How a name is written: in full, with initials, after a title, surname first.

    A surname alone is never looked for ("Bakker" is also a trade): it must have an initial, a first name or a
    title with it. So an ordinary word is never taken for a person.
    """
    delen = naamdelen(naam)
    if not delen:
        return []
    if len(delen) == 1:
        return [re.compile(_los(rf"{TITEL}\s+{re.escape(delen[0])}"), re.IGNORECASE)]
    achter = _achternaam(delen)
    woorden = re.escape(achter)
    begin = re.escape(delen[0][0])
    vormen = [
        (r"\s+".join(map(re.escape, delen)), re.IGNORECASE),
        (rf"{begin}\.\s?(?:\w\.\s?)*{woorden}", re.IGNORECASE),
        (rf"(?i:{TITEL})\s+(?:\w\.\s?)*{_hoofd(achter)}", re.NOFLAG),
        (rf"{re.escape(_kern(achter))},\s+{re.escape(delen[0])}", re.IGNORECASE),
    ]
    return [re.compile(_los(vorm), vlag) for vorm, vlag in vormen]


def _achternaam(delen: list[str]) -> str:
    """ "Jan de Vries" → "de Vries"; "J.P. Bakker" → "Bakker"; "Anna van den Berg-Smit" → "van den Berg-Smit"."""
    rest = delen[1:] or delen
    while len(rest) > 1 and re.fullmatch(r"(?:\w\.)+", rest[0]):
        rest = rest[1:]
    return " ".join(rest)


def _kern(achter: str) -> str:
    """The surname without its prefix, as lists sort it."""
    return next((deel for deel in achter.split() if deel[:1].isupper()), achter)


def _hoofd(achter: str) -> str:
    """After a title the surname has a capital, and so may its prefix: "mevrouw De Vries", but not "mr. vries"."""
    eerste = achter[0]
    return f"[{re.escape(eerste.upper())}{re.escape(eerste)}]{re.escape(achter[1:])}"


def cijfers(tekst: str) -> str:
    """Digits of a Dutch telephone number in one notation: +31 6 … and 06 … are equal."""
    kaal = re.sub(r"\D", "", tekst.replace("(0)", ""))
    return re.sub(r"^(?:0031|31)(?=\d{9}$)", "0", kaal)


def is_telefoon(tekst: str) -> bool:
    return len(cijfers(tekst)) == 10 and cijfers(tekst).startswith("0")


def is_bsn(negen: str) -> bool:
    """Elfproef: weights 9…2 and −1 give a multiple of eleven (Logisch ontwerp BSN)."""
    som = sum(int(c) * g for c, g in zip(negen, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return som % 11 == 0 and negen != "0" * 9


def is_iban(tekst: str) -> bool:
    """ISO 13616: country and check digits to the end, letters as numbers, modulo 97 leaves 1."""
    kaal = tekst.replace(" ", "")
    lang = "".join(str(int(c, 36)) for c in kaal[4:] + kaal[:4])
    return 15 <= len(kaal) <= 34 and int(lang) % 97 == 1


# ---------------------------------------------------------------- the data of an order


def diepte_bij(sleutel: str) -> Diepte:
    return "woorden" if sleutel in MACHINEVELDEN else "alles"


def bekijk(opdracht: Opdracht, verboden: Verboden) -> list[Vondst]:
    """Every forbidden value in title, data and attachments of this order, each once per place."""
    uit: dict[tuple[str, str], Vondst] = {}
    for plek, sleutel, tekst in _teksten(opdracht):
        for wat, waarde in verboden.zoek(tekst, diepte=diepte_bij(sleutel)):
            uit.setdefault((plek, waarde.casefold()), Vondst(opdracht.titel, plek, wat, waarde))
    return list(uit.values())


def _teksten(opdracht: Opdracht) -> Iterator[tuple[str, str, str]]:
    """(place in words, key, text) of everything that a reader or a machine can find in the document."""
    yield "de titel", "", opdracht.titel
    yield "de bestandsnaam", "", re.sub(r"[_/.]", " ", opdracht.bestandsnaam)
    yield from _loop(opdracht.gegevens, [])
    for bijlage in opdracht.bijlagen:
        yield f"bijlage {bijlage.naam}", "", f"{bijlage.naam} {bijlage.omschrijving}"
        yield from inhoud_van(bijlage.naam, bijlage.tekst)


def inhoud_van(naam: str, tekst: str) -> Iterator[tuple[str, str, str]]:
    """The texts of an attachment: values of JSON (numbers are no telephone numbers), cells of a table, else all."""
    if naam.endswith(".json"):
        yield from ((f"bijlage {naam}, {plek}", s, t) for plek, s, t in _loop(json.loads(tekst), []))
        return
    for nummer, regel in enumerate(tekst.splitlines(), 1):
        yield from ((f"bijlage {naam}, regel {nummer}", "", cel) for cel in regel.split(";"))


def _loop(waarde: Any, pad: list[str]) -> Iterator[tuple[str, str, str]]:
    if isinstance(waarde, Mapping):
        for sleutel, deel in waarde.items():
            yield from _loop(deel, [*pad, str(sleutel)])
            if "-" in str(sleutel) or " " in str(sleutel):
                yield _in_woorden(pad), "", str(sleutel)
    elif isinstance(waarde, list | tuple):
        for nummer, deel in enumerate(waarde, 1):
            yield from _loop(deel, [*pad[:-1], f"{pad[-1]} {nummer}"] if pad else [str(nummer)])
    elif isinstance(waarde, str) and waarde:
        yield _in_woorden(pad), pad[-1].split(" ")[0] if pad else "", waarde


def _in_woorden(pad: Iterable[str]) -> str:
    """["voorstellen 7", "criteria 2", "motivering"] → "voorstellen 7, criteria 2, motivering"."""
    return ", ".join(deel.replace("_", " ") for deel in pad) or "de gegevens"
