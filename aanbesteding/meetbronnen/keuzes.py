"""What a file is and which column means what: guessed from its head and its rows, confirmed by a person."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from ..inhoud import Indicator, Meetplan
from ..regels import Strikt
from ..tabellen import Rij, Tabel
from .waarden import Gebieden

Vorm = Literal["eigen", "statline", "politie", "vragenlijst"]
EIGEN = ("indicator", "gebied", "periode", "waarde")
PERIODE = ("periode", "perioden", "jaar", "halfjaar", "kwartaal", "meting", "datum")
GEWICHT = ("gewicht", "weegfactor", "weging")
INWONERS = ("inwoners", "aantalinwoners", "aantalinwoners_5", "bevolking")
RESPONDENTEN = ("respondenten", "aantalrespondenten", "n")
WAARDE_MARGE = ("mw00000", "waarde")
"""How StatLine names the figure itself in a column with margins around it."""
MODELBRON = ("smap", "gezondheidsmonitor", "rivm", "modelmatig", "50090ned", "50120ned", "sociale_samenhang", "_swm")
MEESTE_ANTWOORDEN = 25
MEESTE_BREEDTE = 400


_CODE = re.compile(r"(GM\d{4}|WK\d{6}|BU\d{8}|NL01|NL00)", re.A)
"""Codes of CBS: who has these in a row, has figures and no answers of people."""


class Keuzes(Strikt):
    """`kolommen`: indicator key -> column. `telt`: indicator key -> answers that count (survey, share).

    `filter`: column -> the only value that is read (age group, kind of crime). `periode`: one wave for the whole file,
    when it has no column for that. `gebieden`: area of the plan -> how the file calls it, where that differs.
    `model`: figures made by a model that does not know the pilot.
    """

    vorm: Vorm
    gebied: str = ""
    periodekolom: str = ""
    periode: str = ""
    kolommen: dict[str, str] = {}
    telt: dict[str, list[str]] = {}
    filter: dict[str, str] = {}
    gebieden: dict[str, str] = {}
    gewicht: str = ""
    inwoners: str = ""
    respondenten: str = ""
    bron: Annotated[str, Field(max_length=200)] = ""
    model: bool = False

    def past(self, rij: Rij) -> bool:
        """Whether the row is one of those that are read."""
        return all(rij.cellen.get(k, "").strip() == w for k, w in self.filter.items())


def raad(tabel: Tabel, plan: Meetplan, eerder: Iterable[Mapping[str, Any]] = ()) -> Keuzes:
    """The choices of the last file with the same head, else a first guess; what cannot be guessed stays empty."""
    kolommen = tabel.kolommen
    if set(EIGEN) <= set(kolommen):
        return Keuzes(vorm="eigen", model=_is_model(tabel))
    oud = next((k for k in map(_uit_bewaard, (e for e in eerder if e.get("kop") == kolommen)) if k), None)
    if oud is not None:
        return oud.model_copy(update={"periode": ""})
    gebied, periode = _gebiedskolom(tabel, plan), _eerste(kolommen, PERIODE)
    passend = {i.sleutel: k for i in plan.indicatoren if (k := _kolom(i, kolommen))}
    return Keuzes(
        vorm=_vorm(tabel, gebied, periode), gebied=gebied, periodekolom=periode, kolommen=passend, filter=_marge(tabel),
        gewicht=_eerste(kolommen, GEWICHT), inwoners=_eerste(kolommen, INWONERS),
        respondenten=_eerste(kolommen, RESPONDENTEN), model=_is_model(tabel),
    )  # fmt: skip


def bewaarbaar(keuzes: Keuzes, tabel: Tabel) -> dict[str, Any]:
    """For Meetbestand.keuzes: the choices with the head that they belong to."""
    return keuzes.model_dump(mode="json") | {"kop": tabel.kolommen[:MEESTE_BREEDTE]}


def _uit_bewaard(oud: Mapping[str, Any]) -> Keuzes | None:
    try:
        return Keuzes.model_validate({k: w for k, w in oud.items() if k != "kop"})
    except ValidationError:
        return None


def _eerste(kolommen: list[str], namen: tuple[str, ...]) -> str:
    return next((n for n in namen if n in kolommen), "")


def _gebiedskolom(tabel: Tabel, plan: Meetplan) -> str:
    """The column in which most areas of the plan are found; of equals the one with most different values."""
    gebieden, beste, punten = Gebieden(plan), "", (0, 0)
    for kolom in tabel.kolommen[:MEESTE_BREEDTE]:
        waarden = {r.cellen.get(kolom, "") for r in tabel.rijen}
        nieuw = (len({gebieden.zoek(w) for w in waarden} - {None}), len(waarden))
        if nieuw[0] and nieuw > punten:
            beste, punten = kolom, nieuw
    return beste


def _vorm(tabel: Tabel, gebied: str, periode: str) -> Vorm:
    """Months are the police's; one row per area and wave is StatLine; many rows per area is a survey."""
    waarden = {r.cellen.get(periode, "").upper() for r in tabel.rijen}
    if any("MM" in w for w in waarden):
        return "politie"
    cbs = any(teken in w for w in waarden for teken in ("JJ", "KW", "HJ")) or "marges" in tabel.kolommen
    if cbs or any(_CODE.fullmatch(c.strip()) for r in tabel.rijen[:20] for c in r.cellen.values()):
        return "statline"
    paren = [(r.cellen.get(gebied, ""), r.cellen.get(periode, "")) for r in tabel.rijen]
    return "vragenlijst" if len(set(paren)) * 4 < len(paren) else "statline"


def _kolom(indicator: Indicator, kolommen: list[str]) -> str:
    """A column that carries the key of the indicator; an exact name goes first."""
    kaal = indicator.sleutel.replace("-", "")
    gelijk = [k for k in kolommen if k.replace("_", "") == kaal]
    return (gelijk or [k for k in kolommen if len(kaal) > 3 and kaal in k.replace("_", "")] or [""])[0]


def _marge(tabel: Tabel) -> dict[str, str]:
    if "marges" not in tabel.kolommen:
        return {}
    waarden = {r.cellen.get("marges", "").strip() for r in tabel.rijen}
    return next(({"marges": w} for w in sorted(waarden) if w.lower() in WAARDE_MARGE), {})


def _is_model(tabel: Tabel) -> bool:
    """Names that tell of figures from a model (RIVM/SMAP): those cannot show a local effect."""
    tekst = " ".join([tabel.bestand, *tabel.kolommen]).lower().replace(" ", "_")
    return any(woord in tekst for woord in MODELBRON)


def _rijen_per_plek(tabel: Tabel, keuzes: Keuzes, plan: Meetplan) -> Iterator[list[Rij]]:
    """Rows that are read, together per area and wave, where there is more than one."""
    gebieden, per = Gebieden(plan, keuzes.gebieden), dict[tuple[str, str], list[Rij]]()
    for rij in tabel.rijen:
        gebied = gebieden.zoek(rij.cellen.get(keuzes.gebied, ""))
        if gebied and keuzes.past(rij):
            per.setdefault((gebied, rij.cellen.get(keuzes.periodekolom, "")), []).append(rij)
    return (rijen for rijen in per.values() if len(rijen) > 1)


def filterkolommen(tabel: Tabel, keuzes: Keuzes, plan: Meetplan) -> dict[str, list[str]]:
    """Column → its values, where one value must be chosen because an area has several rows for one wave."""
    kolommen = dict.fromkeys(k for k in keuzes.filter if k in tabel.kolommen)
    groep = next(_rijen_per_plek(tabel, keuzes, plan), [])
    if keuzes.vorm in ("statline", "politie"):
        over = [k for k in tabel.kolommen if k not in {*keuzes.kolommen.values(), keuzes.gebied, keuzes.periodekolom}]
        kolommen |= dict.fromkeys(k for k in over if len({r.cellen.get(k, "") for r in groep}) > 1)
    uit = {k: sorted({r.cellen.get(k, "").strip() for r in tabel.rijen} - {""}) for k in kolommen}
    return {k: w for k, w in uit.items() if len(w) <= 4 * MEESTE_ANTWOORDEN}


def antwoorden(tabel: Tabel, kolom: str) -> list[str]:
    """The different answers in a column of a survey; empty when there are too many to choose from."""
    waarden = {r.cellen.get(kolom, "").strip() for r in tabel.rijen} - {""}
    return sorted(waarden) if len(waarden) <= MEESTE_ANTWOORDEN else []


def ontbreekt(keuzes: Keuzes, plan: Meetplan, tabel: Tabel) -> dict[str, str]:
    """Field → what a person must still choose, in Dutch; empty when the file can be read."""
    if keuzes.vorm == "eigen":
        mist = [k for k in EIGEN if k not in tabel.kolommen]
        return {"vorm": f"in een eigen lijst hoort de kolom '{mist[0]}'; kies een andere soort"} if mist else {}
    uit = {}
    if not keuzes.gebied:
        uit["gebied"] = "kies de kolom met de naam of de code van het gebied"
    if not keuzes.periodekolom and not keuzes.periode:
        uit["periodekolom"] = "kies de kolom met de periode, of vul één periode in voor het hele bestand"
    if not keuzes.kolommen:
        uit["kolommen"] = "kies bij minstens één indicator de kolom"
    if not keuzes.bron.strip():
        uit["bron"] = "vul in waar de cijfers vandaan komen"
    uit |= _onbekende_kolommen(keuzes, plan, tabel)
    if keuzes.vorm == "vragenlijst":
        return uit | _welke_tellen(keuzes, plan)
    if not uit and next(_rijen_per_plek(tabel, keuzes, plan), None):
        uit["filter"] = "per gebied en periode staan er meer rijen in het bestand; kies welke rijen tellen"
    return uit


def _onbekende_kolommen(keuzes: Keuzes, plan: Meetplan, tabel: Tabel) -> dict[str, str]:
    uit = {}
    for veld in ("gebied", "periodekolom", "gewicht", "inwoners", "respondenten"):
        if (kolom := getattr(keuzes, veld)) and kolom not in tabel.kolommen:
            uit[veld] = f"de kolom '{kolom}' staat niet in het bestand"
    for kolom in keuzes.filter:
        if kolom not in tabel.kolommen:
            uit["filter"] = f"de kolom '{kolom}' staat niet in het bestand"
    for sleutel, kolom in keuzes.kolommen.items():
        if kolom not in tabel.kolommen:
            uit["kolommen"] = f"de kolom '{kolom}' staat niet in het bestand"
        if sleutel not in {i.sleutel for i in plan.indicatoren}:
            uit["kolommen"] = f"de indicator '{sleutel}' staat niet in het meetplan"
    return uit


def _welke_tellen(keuzes: Keuzes, plan: Meetplan) -> dict[str, str]:
    """A share needs to know which answers it is the share of."""
    aandeel = {i.sleutel: i.titel for i in plan.indicatoren if i.in_procenten() or i.schaal == "aandeel"}
    return {
        f"telt-{s}": f"kies welke antwoorden meetellen voor '{aandeel[s]}'"
        for s in keuzes.kolommen
        if s in aandeel and not keuzes.telt.get(s)
    }
