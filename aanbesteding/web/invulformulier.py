"""Long forms as data: parts, fields and rows of fields; from what a browser sends to what an act takes, and back.

The flat shape ('begroting-bedrag_euro': ['12.500', '800']) is that of the page, of the autosave and of the saved
version alike, so that text is never translated while somebody is still typing. Rows work without a script: a page
shows some empty ones, and what stays empty does not count.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from starlette.datastructures import FormData, UploadFile

Soort = Literal["regel", "lang", "regels", "keuze", "getal", "decimaal", "datum", "vink"]
MEESTE_WOORDEN = 6000
"""Comparing word by word takes time in the square of this; longer texts are shown whole."""
Plat = dict[str, Any]
"""Name → text, or a list of texts for fields that stand in rows."""


@dataclass(frozen=True)
class Veld:
    """`soort` 'regels' is a list typed as one item per line; `woorden` shows a counter."""

    naam: str
    label: str
    soort: Soort = "regel"
    hulp: str = ""
    verplicht: bool = True
    regels: int = 6
    opties: tuple[tuple[str, str], ...] = ()
    richtlijn: str = ""
    meer: bool = False
    """Only some need it: in a row it stands in a fold-out."""


@dataclass(frozen=True)
class Rijen:
    """A list of rows with the same fields, e.g. the lines of a budget. `enkel` names one row."""

    naam: str
    label: str
    enkel: str
    velden: tuple[Veld, ...]
    hulp: str = ""
    minstens: int = 1
    verplicht: bool = True


@dataclass(frozen=True)
class Deel:
    sleutel: str
    titel: str
    velden: tuple[Veld | Rijen, ...]
    uitleg: str = ""
    dicht: bool = False
    """Only some need it: the whole part stands in a fold-out."""


Delen = Sequence[Deel]


def alle_velden(delen: Delen) -> Iterator[Veld | Rijen]:
    for deel in delen:
        yield from deel.velden


def namen(delen: Delen) -> Iterator[str]:
    """Every name that the page may send."""
    for veld in alle_velden(delen):
        if isinstance(veld, Rijen):
            yield from (f"{veld.naam}-{v.naam}" for v in veld.velden)
        else:
            yield veld.naam


def uit_formulier(delen: Delen, formulier: FormData) -> Plat:
    """What a browser sent, without names that are not ours; in the very shape that autosave stores (app.js)."""
    uit: Plat = {}
    for naam in namen(delen):
        waarden = [w.replace("\r\n", "\n") for w in formulier.getlist(naam) if not isinstance(w, UploadFile)]
        if waarden:
            uit[naam] = waarden if len(waarden) > 1 else waarden[0]
    return uit


def rijen(plat: Plat, veld: Rijen) -> list[dict[str, str]]:
    """The rows of this list that hold anything. One value may have come as text: autosave does so."""
    kolommen = {v.naam: _lijst(plat.get(f"{veld.naam}-{v.naam}", [])) for v in veld.velden}
    aantal = max((len(k) for k in kolommen.values()), default=0)
    alle = [{n: (k[i] if i < len(k) else "") for n, k in kolommen.items()} for i in range(aantal)]
    keuzen = {v.naam for v in veld.velden if v.soort in ("keuze", "vink")}
    return [rij for rij in alle if any(str(w).strip() for n, w in rij.items() if n not in keuzen)]


def _lijst(waarde: Any) -> list[str]:
    return [str(w) for w in waarde] if isinstance(waarde, list) else [str(waarde)]


def zonder_rij(delen: Delen, plat: Plat, welke: str) -> Plat:
    """Without row n of this list ('begroting-2'), counted as the page showed them."""
    naam, _, nummer = welke.rpartition("-")
    lijst = next((v for v in alle_velden(delen) if isinstance(v, Rijen) and v.naam == naam), None)
    if lijst is None or not nummer.isdigit():
        return plat
    kolommen = {f"{naam}-{v.naam}" for v in lijst.velden}
    n = int(nummer) - 1
    return {
        k: [x for i, x in enumerate(w if isinstance(w, list) else [w]) if i != n] if k in kolommen else w
        for k, w in plat.items()
    }


def tekst(plat: Plat, naam: str) -> str:
    waarde = plat.get(naam, "")
    return str(waarde[0] if isinstance(waarde, list) and waarde else waarde or "")


def naar_inhoud(delen: Delen, plat: Plat) -> dict[str, Any]:
    """What an act takes: numbers, lists and rows; what cannot be read stays text, so that the check can name it."""
    uit: dict[str, Any] = {}
    for veld in alle_velden(delen):
        if isinstance(veld, Rijen):
            waarde: Any = [{v.naam: _waarde(v, rij[v.naam]) for v in veld.velden} for rij in rijen(plat, veld)]
            waarde = [{n: w for n, w in rij.items() if w is not None} for rij in waarde]
        else:
            waarde = _waarde(veld, tekst(plat, veld.naam))
        if waarde is not None:
            _zet(uit, veld.naam.split("."), waarde)
    return uit


def _zet(uit: dict[str, Any], pad: list[str], waarde: Any) -> None:
    for deel in pad[:-1]:
        uit = uit.setdefault(deel, {})
    uit[pad[-1]] = waarde


def _waarde(veld: Veld, ruw: str) -> Any:
    """One typed value; None means: leave the field out."""
    kaal = ruw.strip()
    if veld.soort == "regels":
        return [r.strip(" \t-•") for r in ruw.splitlines() if r.strip(" \t-•")]
    if veld.soort == "vink":
        return kaal == "ja"
    if veld.soort == "getal":
        return _getal(kaal)
    if veld.soort == "decimaal":
        return _decimaal(kaal)
    if not kaal and veld.soort in ("keuze", "datum"):
        return None
    return kaal


def _getal(kaal: str) -> Any:
    """'€ 12.500', '12 500' and '12500,-' are 12500; what is no whole number stays as it was typed."""
    schoon = re.sub(r"^€|[\s\u00a0.]|,-$|,00$", "", kaal.replace("€", "").strip())
    if not schoon:
        return None
    return int(schoon) if re.fullmatch(r"-?\d{1,12}", schoon) else kaal


def _decimaal(kaal: str) -> Any:
    """'41,5' and '41.5' are 41.5; what is no number stays as it was typed."""
    if not kaal:
        return None
    return float(kaal.replace(",", ".")) if re.fullmatch(r"-?\d{1,12}([.,]\d{1,9})?", kaal) else kaal


def uit_inhoud(delen: Delen, inhoud: Mapping[str, Any]) -> Plat:
    """The flat shape of something that was handed in, to start the next version from."""
    uit: Plat = {}
    for veld in alle_velden(delen):
        waarde = haal(inhoud, veld.naam.split("."))
        if isinstance(veld, Rijen):
            for v in veld.velden:
                uit[f"{veld.naam}-{v.naam}"] = [_als_tekst(v, rij.get(v.naam, "")) for rij in waarde or []]
        else:
            uit[veld.naam] = _als_tekst(veld, waarde)
    return uit


def haal(inhoud: Any, pad: list[str]) -> Any:
    """The value at this path, or None."""
    for deel in pad:
        inhoud = inhoud.get(deel) if isinstance(inhoud, Mapping) else None
    return inhoud


def _als_tekst(veld: Veld, waarde: Any) -> str:
    if isinstance(waarde, list):
        return "\n".join(str(w) for w in waarde)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, float):
        return f"{waarde:g}".replace(".", ",")
    return "" if waarde is None else str(waarde)


def gelijk(delen: Delen, een: Plat, ander: Plat) -> bool:
    """Whether two flat texts mean the same: empty rows and the way a number was typed do not count."""
    return naar_inhoud(delen, een) == naar_inhoud(delen, ander)


def veld_id(plaats: str) -> str:
    """Where a fault belongs: 'inhoud.begroting[2].bedrag_euro' → 'begroting-2-bedrag_euro', the id in the page."""
    zonder = re.sub(r"^(inhoud|formulier)\.?", "", plaats)
    return re.sub(r"\[(\d+)\]\.?", r"-\1-", zonder).strip("-")


def fouten_per_veld(fouten: Mapping[str, list[str]], delen: Delen) -> dict[str, list[str]]:
    """Faults under the id of the field that they belong to; the rest under ''."""
    bekend = set(labels(delen))
    uit: dict[str, list[str]] = {}
    for plaats, zinnen in fouten.items():
        sleutel = veld_id(plaats)
        doel = sleutel if sleutel in bekend or re.sub(r"-\d+-", "-", sleutel) in bekend else ""
        doel = doel or next((b for b in bekend if sleutel.startswith(f"{b}-")), "")
        uit.setdefault(doel, []).extend(_in_gewone_woorden(z) for z in zinnen)
    return uit


def _in_gewone_woorden(zin: str) -> str:
    """The checks speak of rows and values; who fills in a form sees an empty field."""
    return {"heeft te weinig regels": "is nog leeg; vul het in", "ontbreekt; vul het in": "kies of vul iets in"}.get(
        zin, zin
    )


def labels(delen: Delen, *, rijen_tot: int = 0) -> dict[str, str]:
    """Id in the page → what people call that field."""
    uit: dict[str, str] = {}
    for veld in alle_velden(delen):
        uit[veld.naam] = veld.label
        if isinstance(veld, Rijen):
            for v in veld.velden:
                uit[f"{veld.naam}-{v.naam}"] = v.label
                uit |= {f"{veld.naam}-{n}-{v.naam}": f"{veld.enkel} {n}, {v.label}" for n in range(1, rijen_tot + 1)}
    return uit


def ingevuld(deel: Deel, plat: Plat) -> str:
    """How far a part is: 'leeg', 'bezig' or 'klaar' (everything that must be there is there)."""
    gevuld = [_gevuld(v, plat) for v in deel.velden]
    nodig = [_gevuld(v, plat) for v in deel.velden if v.verplicht]
    if nodig and all(nodig):
        return "klaar"
    return "bezig" if any(gevuld) else ("klaar" if not nodig else "leeg")


def _gevuld(veld: Veld | Rijen, plat: Plat) -> bool:
    return bool(rijen(plat, veld)) if isinstance(veld, Rijen) else bool(tekst(plat, veld.naam).strip())


def verschil(oud: Plat, nieuw: Plat, delen: Delen) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """(label, [(what, words)]) of every field that changed; `what` is 'gelijk', 'weg' or 'erbij'."""
    for veld in alle_velden(delen):
        een, ander = (_leestekst(veld, p) for p in (oud, nieuw))
        if een != ander:
            yield veld.label, list(woordverschil(een, ander))


def _leestekst(veld: Veld | Rijen, plat: Plat) -> str:
    if isinstance(veld, Rijen):
        return "\n".join("; ".join(w for w in rij.values() if w) for rij in rijen(plat, veld))
    return tekst(plat, veld.naam).strip()


def woordverschil(oud: str, nieuw: str, *, rond: int = 12) -> Iterator[tuple[str, str]]:
    """The difference word by word; a long part that stayed the same is shortened to its edges."""
    from difflib import SequenceMatcher

    een, ander = re.findall(r"\S+|\n+", oud), re.findall(r"\S+|\n+", nieuw)
    if len(een) + len(ander) > MEESTE_WOORDEN:
        yield from (("weg", oud), ("erbij", nieuw))
        return
    for wat, a, b, c, d in SequenceMatcher(None, een, ander, autojunk=False).get_opcodes():
        if wat == "equal":
            stuk = een[a:b]
            kort = [*stuk[:rond], "[…]", *stuk[-rond:]] if len(stuk) > 3 * rond else stuk
            yield "gelijk", " ".join(kort)
        else:
            if b > a:
                yield "weg", " ".join(een[a:b])
            if d > c:
                yield "erbij", " ".join(ander[c:d])
