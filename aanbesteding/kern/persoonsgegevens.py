"""Personal details in running text: BSN, account number, telephone number, e-mail address. Pure; finds, never decides.

A proposal may hold none of them by accident (AVG art. 5 lid 1 onder c), so its writer is warned with the place. The
checks are the official ones (elfproef, modulo 97), so that an ordinary number is not taken for a person.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEFOON = re.compile(
    r"(?<![\w.,+/-])(?:(?:\+|00)31[ -]?(?:\(0\)[ -]?)?[1-9]\d{0,2}|\(?0\d{1,3}\)?)"
    r"[ -]?\d{2,8}(?:[ -]\d{2,4}){0,4}(?![\w/-])"
)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
BSN = re.compile(r"(?<![\w.,/-])\d{9}(?![\w/-])|(?<![\w.,/-])\d{4}[. ]\d{2}[. ]\d{3}(?![\w/-])")
DATUM = re.compile(r"\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{2}-\d{2}")
OMGEVING = 30


@dataclass(frozen=True)
class Vondst:
    """One detail: what it is in Dutch, the text itself, where it begins, and the words around it."""

    wat: str
    waarde: str
    begin: int
    rond: str


def cijfers(tekst: str) -> str:
    """Digits of a Dutch telephone number in one notation: +31 6 … and 06 … are equal."""
    kaal = re.sub(r"\D", "", tekst.replace("(0)", ""))
    return re.sub(r"^(?:0031|31)(?=\d{9}$)", "0", kaal)


def is_telefoon(tekst: str) -> bool:
    return len(cijfers(tekst)) == 10 and cijfers(tekst).startswith("0")


def is_bsn(negen: str) -> bool:
    """Elfproef: weights 9…2 and −1 give a multiple of eleven (Logisch ontwerp BSN)."""
    kaal = re.sub(r"[. ]", "", negen)
    som = sum(int(c) * g for c, g in zip(kaal, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return som % 11 == 0 and kaal != "0" * 9


def is_iban(tekst: str) -> bool:
    """ISO 13616: country and check digits to the end, letters as numbers, modulo 97 leaves 1."""
    kaal = tekst.replace(" ", "")
    lang = "".join(str(int(c, 36)) for c in kaal[4:] + kaal[:4])
    return 15 <= len(kaal) <= 34 and int(lang) % 97 == 1


def zoek(tekst: str) -> list[Vondst]:
    """Every personal detail in this text, in order of place; what lies inside another find is not found twice."""
    uit: list[Vondst] = []
    for wat, begin, waarde in _ruw(tekst):
        if all(begin >= v.begin + len(v.waarde) or begin + len(waarde) <= v.begin for v in uit):
            uit.append(Vondst(wat, waarde, begin, _rond(tekst, begin, begin + len(waarde))))
    return sorted(uit, key=lambda v: v.begin)


def _ruw(tekst: str) -> Iterator[tuple[str, int, str]]:
    """Candidates, the most certain kind first. Spaces of a Word text count as spaces; positions stay."""
    vlak = re.sub(r"[\u00a0\u202f\t]", " ", tekst)
    vlak = re.sub("[\u2010-\u2015]", "-", vlak)
    yield from (("een e-mailadres", m.start(), m.group()) for m in MAIL.finditer(vlak))
    for m in IBAN.finditer(vlak.upper()):
        yield from _rekening(vlak, m.start(), m.group())
    yield from (("een burgerservicenummer", m.start(), m.group()) for m in BSN.finditer(vlak) if is_bsn(m.group()))
    zonder = DATUM.sub(lambda m: " " * len(m.group()), vlak)
    for m in TELEFOON.finditer(zonder):
        if is_telefoon(m.group()):
            yield "een telefoonnummer", m.start(), m.group().strip()


def _rekening(tekst: str, begin: int, gevonden: str) -> Iterator[tuple[str, int, str]]:
    """The pattern may swallow the next word ("NL91ABNA0417164300 voor"): take words off until the check fits."""
    deel = gevonden
    while deel:
        if is_iban(deel):
            yield "een rekeningnummer", begin, tekst[begin : begin + len(deel)]
            return
        deel = deel.rpartition(" ")[0]


def _rond(tekst: str, begin: int, einde: int) -> str:
    """The find with some words on both sides, so that a person sees where it stands."""
    voor = tekst[max(0, begin - OMGEVING) : begin]
    na = tekst[einde : einde + OMGEVING]
    links = ("…" if begin > OMGEVING else "") + voor.partition(" ")[2] if begin > OMGEVING else voor
    rechts = na.rpartition(" ")[0] + "…" if einde + OMGEVING < len(tekst) else na
    return " ".join(f"{links}{tekst[begin:einde]}{rechts}".split())
