"""What a measuring plan can show, before anything is measured, in words for the project leader.

Per indicator: the smallest difference that this design finds in 80 of 100 cases, what more respondents, areas or
waves would change, and whether that is smaller than the effect that was called worth while (kennis/effect.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .notatie import getal, meervoud
from .ontwerp import (
    MINSTENS_VERGELIJKING,
    Grond,
    Maat,
    Opzet,
    Variant,
    kleinste_verschil,
    nodig_voor_permutatie,
    varianten,
)

KEUZE_ERGSTE, KEUZE_LOT = "72 procent", "hooguit 6 procent"
"""Share of "effects" without any effect: the worst 3 of 20 chosen, against a lottery (kennis/effect.md)."""
GEEN_SOM = "Wij kunnen nog niet berekenen welk verschil u kunt zien."


@dataclass(frozen=True)
class Indicatoradvies:
    """`kleinste` None: no sum possible, `zinnen` says what is missing. `te_klein`: the agreed effect is invisible."""

    sleutel: str
    titel: str
    eenheid: str
    kleinste: float | None
    zin: str
    grond: Grond | None
    te_klein: bool
    zinnen: tuple[str, ...]
    varianten: tuple[Variant, ...]
    decimalen: int = 1

    @property
    def bedrag(self) -> str:
        """The smallest visible difference with its unit; "" without a sum."""
        return f"{getal(self.kleinste, self.decimalen)} {self.eenheid}" if self.kleinste is not None else ""


@dataclass(frozen=True)
class Ontwerpadvies:
    """`gebieden`: sentences on the number and the choice of areas, the most serious first."""

    indicatoren: tuple[Indicatoradvies, ...]
    gebieden: tuple[str, ...]
    aannamen: tuple[str, ...]


def advies(opzet: Opzet, maten: list[Maat]) -> Ontwerpadvies:
    """The whole advice; never raises for a design that is still empty or too small: it then says so."""
    per = tuple(_indicator(opzet, m) for m in maten)
    return Ontwerpadvies(per, tuple(_gebieden(opzet)), tuple(_aannamen(opzet, per)))


def _indicator(opzet: Opzet, maat: Maat) -> Indicatoradvies:
    uit = kleinste_verschil(opzet, maat)
    zinnen = list(_waarschuwingen(maat))
    if uit is None:
        zinnen += _wat_ontbreekt(opzet, maat)
        return Indicatoradvies(maat.sleutel, maat.titel, maat.eenheid, None, GEEN_SOM, None, False, tuple(zinnen), ())
    kleinste, grond = uit
    anders = tuple(varianten(opzet, maat))
    te_klein = maat.relevant < kleinste
    zinnen += _te_klein(maat, kleinste, anders) if te_klein else _groot_genoeg(maat, kleinste)
    zin = f"U ziet pas een verschil van {_bedrag(maat, kleinste)} of meer."
    return Indicatoradvies(
        maat.sleutel, maat.titel, maat.eenheid, kleinste, zin, grond, te_klein, tuple(zinnen), anders, maat.decimalen
    )


def _bedrag(maat: Maat, waarde: float) -> str:
    return f"{getal(waarde, maat.decimalen)} {maat.eenheid}"


def _waarschuwingen(maat: Maat) -> Iterator[str]:
    if maat.modelcijfers:
        yield (
            "Let op: dit zijn modelcijfers. Het model kent uw pilot niet en kan het effect dus niet laten zien. "
            "Gebruik ze alleen om gebieden te kiezen. Meet het effect met een eigen vragenlijst of telling."
        )


def _wat_ontbreekt(opzet: Opzet, maat: Maat) -> Iterator[str]:
    if opzet.pilots < 1:
        yield "Noem minstens één gebied met de pilot."
    if opzet.vergelijking < 1:
        yield "Noem gebieden zonder de pilot, om mee te vergelijken."
    elif 0 < opzet.pilots + opzet.vergelijking < 3:
        yield "Noem samen minstens drie gebieden."
    if any(voor < 1 for voor, _ in opzet.golven):
        yield "Er is geen meting vóór de start. Meet eerst, of laat de pilot later beginnen."
    if any(na < 1 for _, na in opzet.golven):
        yield "Er is geen meting na de start. Meet langer door, of begin eerder."
    if opzet.kan_rekenen:
        yield _wat_voor_som(opzet, maat)


def _wat_voor_som(opzet: Opzet, maat: Maat) -> str:
    if not maat.vragenlijst:
        return (
            "Bij een registratie hangt dit af van hoe de cijfers van jaar tot jaar schommelen. Lees cijfers van "
            "eerdere jaren in, van minstens drie gebieden. Dan rekenen wij het uit."
        )
    if opzet.respondenten < 1:
        return "Vul in hoeveel mensen er per gebied antwoorden."
    return (
        "Bij een gemiddelde is de spreiding tussen mensen nodig. Neem die uit de nulmeting of uit een eerder onderzoek "
        "en vul haar in bij de indicator."
    )


def _te_klein(maat: Maat, kleinste: float, varianten: tuple[Variant, ...]) -> Iterator[str]:
    yield (
        f"U noemt een verschil van {_bedrag(maat, maat.relevant)} de moeite waard. Zo’n verschil ziet u met deze opzet "
        "meestal niet, ook als het er is."
    )
    genoeg = [v.naam for v in varianten[1:] if v.kleinste <= maat.relevant]
    if genoeg:
        yield f"Wat helpt: {genoeg[0][0].lower()}{genoeg[0][1:]}. Dan kan het wel."
        return
    beste = min(varianten[1:], key=lambda v: v.kleinste, default=None)
    if beste is not None:
        yield (
            f"Het meest helpt: {beste.naam[0].lower()}{beste.naam[1:]}. Dan ziet u {_bedrag(maat, beste.kleinste)}. "
            "Dat is nog niet genoeg: doe meer dingen tegelijk."
        )
    yield (
        f"Kan dat niet? Zeg dan nu al aan college en coalitie dat het rapport waarschijnlijk ‘niet aangetoond’ zegt, "
        f"tenzij het verschil {_bedrag(maat, kleinste)} of meer is."
    )


def _groot_genoeg(maat: Maat, _kleinste: float) -> Iterator[str]:
    yield f"Het verschil dat u de moeite waard noemt, {_bedrag(maat, maat.relevant)}, is groot genoeg om te zien."


def _gebieden(opzet: Opzet) -> Iterator[str]:
    if opzet.vergelijking < MINSTENS_VERGELIJKING:
        yield (
            f"U heeft {meervoud(opzet.vergelijking, 'gebied', 'gebieden')} om te vergelijken. Met minder dan "
            f"{MINSTENS_VERGELIJKING} beschrijft het rapport alleen wat er gebeurde. Het geeft dan geen oordeel."
        )
    if opzet.golven and any(voor < 2 for voor, _ in opzet.golven):
        yield (
            "Met één meting vóór de start wordt het oordeel nooit sterker dan ‘aanwijzing’. Gebruik cijfers van "
            "eerdere jaren, of meet nog een keer voordat de pilot begint."
        )
    if opzet.pilots:
        nodig = nodig_voor_permutatie(opzet.pilots)
        if opzet.vergelijking < nodig:
            yield (
                f"Bij {meervoud(opzet.pilots, 'pilotgebied', 'pilotgebieden')} zijn {nodig} gebieden zonder pilot "
                "nodig om ook te toetsen zonder aannamen over toeval (door gebieden van plaats te laten wisselen)."
            )
    yield from _keuze(opzet)


def _keuze(opzet: Opzet) -> Iterator[str]:
    if opzet.keuze in ("loting", "gespreide start"):
        yield "Goed: het lot of een vaste volgorde kiest. Dan ligt een verschil niet aan hoe u de gebieden koos."
        return
    if opzet.keuze is None:
        yield (
            "Zeg nog hoe u de gebieden met de pilot kiest. Het best is loten onder gebieden die even geschikt zijn. "
            f"Wie de slechtste gebieden kiest, ziet in echte cijfers zonder pilot tot {KEUZE_ERGSTE} van de keren een "
            "effect dat er niet is."
        )
    elif opzet.keuze == "behoefte":
        yield (
            "U kiest de gebieden waar het nu het slechtst gaat. Na een slecht jaar wordt het vanzelf vaak beter. In "
            f"echte cijfers zónder enige pilot leek dat tot {KEUZE_ERGSTE} van de keren een bewezen effect. Loot "
            f"liever onder gebieden die het ongeveer even hard nodig hebben: dan gaat het {KEUZE_LOT} van de keren mis."
        )
    else:
        yield (
            "U kiest gebieden waar iemand wil beginnen. Die gebieden kunnen anders zijn dan de rest. Zijn er meer "
            "gebieden waar het kan? Loot er dan onder."
        )
    yield (
        "Wilt u meer gebieden helpen? Laat ze dan na elkaar beginnen en loot om de volgorde. Houd minstens "
        f"{MINSTENS_VERGELIJKING} gebieden over zonder de pilot."
    )


GRONDEN: dict[Grond, str] = {
    "steekproef": "Bij een percentage rekenen wij met toeval door de steekproef. Gebieden schommelen ook uit zichzelf. "
    "Het echte kleinste verschil is daarom vaak groter.",
    "spreiding": "Bij een gemiddelde rekenen wij met de spreiding tussen mensen. Gebieden schommelen ook uit zichzelf. "
    "Het echte kleinste verschil is daarom vaak groter.",
    "verleden": "Waar cijfers van eerdere jaren zijn, rekenen wij met hoe gebieden toen schommelden.",
    "verleden-kort": "Van sommige cijfers zijn er weinig eerdere jaren. Daar rekenen wij voorzichtig: wij nemen aan "
    "dat een gebied dat hoog zit, de keer erna nog half zo hoog zit.",
}


def _aannamen(opzet: Opzet, per: tuple[Indicatoradvies, ...]) -> Iterator[str]:
    gronden = [g for g in GRONDEN if any(i.grond == g for i in per)]
    if not gronden:
        return
    yield "Een verschil van deze grootte vinden wij in 80 van de 100 gevallen. Een kleiner verschil missen wij vaker."
    yield from (GRONDEN[g] for g in gronden)
    if opzet.primair > 1:
        yield (
            f"U heeft {opzet.primair} hoofdindicatoren. Daarom ligt de lat per indicator hoger. Met minder "
            "hoofdindicatoren ziet u kleinere verschillen."
        )
