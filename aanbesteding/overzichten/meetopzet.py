"""From the locked measuring plan to the design that the verdict is made with (kern/effect_typen.Ontwerp)."""

import pandas as pd

from ..inhoud import Indicator, Meetplan
from ..kern.effect_samenvoegen import Fusie, Gebieden, voeg_samen
from ..kern.effect_typen import Melding, Ontwerp, Schaal
from ..kern.notatie import opsomming

KOLOMMEN = ["gebied", "periode", "waarde", "n", "bron"]
Invoer = tuple[pd.DataFrame, Ontwerp]


def schaal(indicator: Indicator) -> Schaal:
    if indicator.in_procenten():
        return "procent"
    return indicator.schaal or "gemiddelde"


def loting(plan: Meetplan) -> tuple[bool, list[Melding]]:
    """Whether lots decided which areas are pilots, so that a difference beforehand is chance.

    A staggered start is no lottery by itself: somebody chose the order. A recorded draw holds only for the areas
    that it drew, against areas that could have been drawn.
    """
    geloot = plan.loting
    if geloot is None:
        return plan.keuze_gebieden == "loting", []
    anders = sorted(set(plan.pilotgebieden) ^ set(geloot.uitkomst))
    buiten = [g for g in plan.vergelijkingsgebieden if g not in geloot.kandidaten]
    meldingen = []
    if anders:
        tekst = f"De pilotgebieden zijn niet die van de loting: {opsomming(anders)}. Wij tellen dit niet als geloot."
        meldingen.append(Melding("loting_anders", tekst))
    if buiten:
        tekst = f"Deze vergelijkingsgebieden deden niet mee aan de loting: {opsomming(buiten)}."
        meldingen.append(Melding("loting_buiten", f"{tekst} Wij tellen dit daarom niet als geloot."))
    return not meldingen, meldingen


def onderdrukt(rijen: pd.DataFrame) -> list[Melding]:
    """A remark on values that were never stored because the group was too small."""
    leeg = rijen[rijen["waarde"].isna()]
    namen = [f"{g} ({p})" for g, p in zip(leeg["gebied"], leeg["periode"], strict=True)]
    tekst = "Te weinig antwoorden, daarom zonder waarde"
    return [Melding("onderdrukt", f"{tekst}: {opsomming(namen)}.")] if namen else []


def opzet(plan: Meetplan, indicator: Indicator, rijen: pd.DataFrame, *, laatste: bool) -> Invoer:
    """The panel after mergers (KOLOMMEN, only measured values) and the design, with remarks on both.

    rijen: newest values with columns KOLOMMEN; waarde None or nan where it was suppressed.
    """
    soort, (geloot, meldingen) = schaal(indicator), loting(plan)
    gebieden = Gebieden({g: plan.start(g) for g in plan.pilotgebieden}, tuple(plan.vergelijkingsgebieden))
    fusies = [Fusie(s.nieuw, tuple(s.oud), s.vanaf) for s in plan.samenvoegingen]
    rijen = rijen.astype({"waarde": float, "n": float})
    panel, gebieden = voeg_samen(rijen, gebieden, fusies, soort)
    ontwerp = Ontwerp(
        start=gebieden.start,
        vergelijking=gebieden.vergelijking,
        loting=geloot,
        richting=indicator.richting,
        relevant_effect=indicator.relevant_effect,
        moment="eind" if laatste else "tussentijds",
        eenheid="procentpunt" if indicator.in_procenten() else indicator.eenheid,
        decimalen=indicator.decimalen,
        schaal=soort,
        spreiding=indicator.spreiding,
        modelcijfers=indicator.modelcijfers,
        breuken=tuple(b.vanaf for b in indicator.breuken),
        primair=indicator.primair,
        meldingen=(*meldingen, *gebieden.meldingen, *onderdrukt(rijen)),
    )
    return panel[panel["waarde"].notna()].reset_index(drop=True), ontwerp
