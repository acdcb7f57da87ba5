"""What a file is and which column means what: guessed from its head, confirmed by a person."""

from typing import Annotated, Literal

from pydantic import Field

from ..inhoud import Indicator, Meetplan
from ..regels import Strikt
from ..tabellen import Tabel

Vorm = Literal["eigen", "statline", "politie", "vragenlijst"]
EIGEN = ("indicator", "gebied", "periode", "waarde")
GEBIED = (
    "gebied",
    "buurt",
    "wijk",
    "wijkenenbuurten",
    "wijken_en_buurten",
    "regios",
    "regio",
    "codering_3",
    "code",
    "gemeente",
)
PERIODE = ("periode", "perioden", "jaar", "halfjaar", "kwartaal", "meting", "datum")
GEWICHT = ("gewicht", "weegfactor", "weging")
INWONERS = ("inwoners", "aantalinwoners", "aantalinwoners_5", "bevolking")
MODELBRON = ("smap", "gezondheidsmonitor", "rivm", "modelmatig", "50090ned", "50120ned", "sociale_samenhang")


class Keuzes(Strikt):
    """`kolommen`: indicator key -> column. `telt`: indicator key -> answers that count (survey, share).

    `filter`: column -> the only value that is read (age group, kind of crime). `periode`: one wave for the whole file,
    when it has no column for that. `model`: figures made by a model that does not know the pilot.
    """

    vorm: Vorm
    gebied: str = ""
    periodekolom: str = ""
    periode: str = ""
    kolommen: dict[str, str] = {}
    telt: dict[str, list[str]] = {}
    filter: dict[str, str] = {}
    gewicht: str = ""
    inwoners: str = ""
    respondenten: str = ""
    bron: Annotated[str, Field(max_length=200)] = ""
    model: bool = False


def raad(tabel: Tabel, plan: Meetplan) -> Keuzes:
    """A first guess; what cannot be guessed stays empty and is asked."""
    kolommen = tabel.kolommen
    if set(EIGEN) <= set(kolommen):
        return Keuzes(vorm="eigen")
    gebied = _eerste(kolommen, GEBIED)
    periode = _eerste(kolommen, PERIODE)
    vorm = _vorm(tabel, gebied, periode)
    passend = {i.sleutel: k for i in plan.indicatoren if (k := _kolom(i, kolommen))}
    return Keuzes(
        vorm=vorm, gebied=gebied, periodekolom=periode, kolommen=passend, gewicht=_eerste(kolommen, GEWICHT),
        inwoners=_eerste(kolommen, INWONERS), model=_is_model(tabel),
    )  # fmt: skip


def _eerste(kolommen: list[str], namen: tuple[str, ...]) -> str:
    return next((n for n in namen if n in kolommen), "")


def _vorm(tabel: Tabel, gebied: str, periode: str) -> Vorm:
    """Months are the police's; one row per area and wave is StatLine; many rows per area is a survey."""
    waarden = [r.cellen.get(periode, "") for r in tabel.rijen[:200]]
    if any("MM" in w.upper() for w in waarden):
        return "politie"
    paren = [(r.cellen.get(gebied, ""), r.cellen.get(periode, "")) for r in tabel.rijen]
    return "vragenlijst" if len(set(paren)) * 3 < len(paren) and not any("JJ" in w for w in waarden) else "statline"


def _kolom(indicator: Indicator, kolommen: list[str]) -> str:
    """A column that carries the key or the words of the indicator."""
    kaal = indicator.sleutel.replace("-", "")
    return next((k for k in kolommen if kaal in k.replace("_", "")), "")


def _is_model(tabel: Tabel) -> bool:
    """Names that tell of figures from a model (RIVM/SMAP): those cannot show a local effect."""
    tekst = " ".join([tabel.bestand, *tabel.kolommen]).lower().replace(" ", "_")
    return any(woord in tekst for woord in MODELBRON)


def ontbreekt(keuzes: Keuzes, plan: Meetplan, tabel: Tabel) -> dict[str, str]:
    """Field → what a person must still choose, in Dutch; empty when the file can be read."""
    if keuzes.vorm == "eigen":
        return {}
    uit = {}
    if not keuzes.gebied:
        uit["gebied"] = "kies de kolom met de naam of de code van het gebied"
    if not keuzes.periodekolom and not keuzes.periode:
        uit["periodekolom"] = "kies de kolom met de periode, of vul één periode in voor het hele bestand"
    if not keuzes.kolommen:
        uit["kolommen"] = "kies bij minstens één indicator de kolom"
    for veld in ("gebied", "periodekolom", "gewicht", "inwoners", "respondenten"):
        if (kolom := getattr(keuzes, veld)) and kolom not in tabel.kolommen:
            uit[veld] = f"de kolom '{kolom}' staat niet in het bestand"
    for sleutel, kolom in keuzes.kolommen.items():
        if kolom not in tabel.kolommen:
            uit["kolommen"] = f"de kolom '{kolom}' staat niet in het bestand"
        if sleutel not in {i.sleutel for i in plan.indicatoren}:
            uit["kolommen"] = f"de indicator '{sleutel}' staat niet in het meetplan"
    return uit | _bron(keuzes)


def _bron(keuzes: Keuzes) -> dict[str, str]:
    return {} if keuzes.bron.strip() else {"bron": "vul in waar de cijfers vandaan komen"}
