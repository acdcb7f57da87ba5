"""A table with choices becomes proposed values: our own list, StatLine, police figures by month, or a survey."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from ..inhoud import Indicator, Meetplan
from ..kern import perioden
from ..kern.notatie import meervoud, opsomming
from ..tabellen import Rij, Tabel
from .keuzes import Keuzes
from .waarden import KLEINSTE_CEL, Gebieden, Opmerking, Waarneming, aantal, getal, periode

MAANDEN = {"jaar": 12, "halfjaar": 6, "kwartaal": 3}


@dataclass(frozen=True)
class Gelezen:
    rijen: tuple[Waarneming, ...]
    opmerkingen: tuple[Opmerking, ...]
    buiten: tuple[str, ...]
    """Areas in the file that the plan does not name; they are left out."""


class _Lezer:
    """Collects values and remarks over the rows of one file."""

    def __init__(self, tabel: Tabel, keuzes: Keuzes, plan: Meetplan) -> None:
        self.tabel, self.keuzes, self.plan = tabel, keuzes, plan
        self.gebieden = Gebieden(plan, keuzes.gebieden)
        self.indicatoren = {i.sleutel: i for i in plan.indicatoren}
        self.rijen: list[Waarneming] = []
        self.opmerkingen: list[Opmerking] = []
        self.buiten: dict[str, None] = {}

    def fout(self, tekst: str, rij: int = 0) -> None:
        self.opmerkingen.append(Opmerking("fout", tekst, rij))

    def let_op(self, tekst: str, rij: int = 0) -> None:
        self.opmerkingen.append(Opmerking("let op", tekst, rij))

    def klaar(self) -> Gelezen:
        return Gelezen(tuple(self.rijen), tuple(self.opmerkingen), tuple(self.buiten))

    def bruikbaar(self) -> Iterator[tuple[Rij, str]]:
        """Rows that pass the filter and lie in an area of the plan."""
        for rij in self.tabel.rijen:
            if not self.keuzes.past(rij):
                continue
            tekst = rij.cellen.get(self.keuzes.gebied or "gebied", "")
            gebied = self.gebieden.zoek(tekst)
            if gebied is None:
                self.buiten[tekst.strip()] = None
            else:
                yield rij, gebied

    def golf(self, rij: Rij, indicator: Indicator) -> str | None:
        try:
            ruw = self.keuzes.periode or rij.cellen.get(self.keuzes.periodekolom, "")
            return periode(ruw, indicator.ritme)
        except ValueError as fout:
            self.fout(f"kolom '{self.keuzes.periodekolom or 'periode'}': {fout}", rij.nummer)
            return None

    def cel(self, rij: Rij, kolom: str, lees: Callable[[str], float | int | None]) -> float | int | None:
        try:
            return lees(rij.cellen.get(kolom, ""))
        except ValueError as fout:
            self.fout(f"kolom '{kolom}': {fout}", rij.nummer)
            return None

    def zet(self, w: Waarneming) -> None:
        """A small group is suppressed here, so that its value never leaves this package."""
        if w.respondenten is not None and w.respondenten < KLEINSTE_CEL:
            w = Waarneming(w.indicator, w.gebied, w.periode, None, None, w.bron, w.rij, onderdrukt=True)
            self.let_op(f"{w.gebied}, {w.periode}: minder dan {KLEINSTE_CEL} mensen. De waarde blijft weg.", w.rij)
        if w.waarde is not None or w.onderdrukt:
            self.rijen.append(w)


def lees(tabel: Tabel, keuzes: Keuzes, plan: Meetplan) -> Gelezen:
    """Every value of the file that belongs to the plan. Nothing is refused here: faults stand in the remarks."""
    lezer = _Lezer(tabel, keuzes, plan)
    {"eigen": _eigen, "statline": _statline, "politie": _politie, "vragenlijst": _vragenlijst}[keuzes.vorm](lezer)
    uit = lezer.klaar()
    if not uit.rijen and not any(o.ernst == "fout" for o in uit.opmerkingen):
        lezer.fout("in dit bestand staat geen waarde voor een gebied uit het meetplan; kijk naar de namen en codes")
    return lezer.klaar()


def _eigen(lezer: _Lezer) -> None:
    """Columns indicator, gebied, periode, waarde, and perhaps respondenten and bron."""
    for rij, gebied in lezer.bruikbaar():
        indicator = lezer.indicatoren.get(rij.cellen.get("indicator", ""))
        if indicator is None:
            bekend = opsomming(list(lezer.indicatoren), "of")
            lezer.fout(
                f"kolom 'indicator': '{rij.cellen.get('indicator', '')}' staat niet in het meetplan; kies {bekend}",
                rij.nummer,
            )
            continue
        golf = _golf_eigen(lezer, rij, indicator)
        waarde = lezer.cel(rij, "waarde", getal)
        mensen = lezer.cel(rij, "respondenten", aantal)
        bron = rij.cellen.get("bron", "") or lezer.keuzes.bron or indicator.bron
        if golf is not None:
            n = None if mensen is None else int(mensen)
            lezer.zet(Waarneming(indicator.sleutel, gebied, golf, waarde, n, bron, rij.nummer))
    for naam in lezer.buiten:
        lezer.fout(f"kolom 'gebied': '{naam}' staat niet in het meetplan; kies {opsomming(lezer.gebieden.namen, 'of')}")


def _golf_eigen(lezer: _Lezer, rij: Rij, indicator: Indicator) -> str | None:
    try:
        return periode(rij.cellen.get("periode", ""), indicator.ritme)
    except ValueError as fout:
        lezer.fout(f"kolom 'periode': {fout}", rij.nummer)
        return None


def _statline(lezer: _Lezer) -> None:
    """One row per area and wave, a column per indicator; '.' and empty are missing."""
    for rij, gebied in lezer.bruikbaar():
        for sleutel, kolom in lezer.keuzes.kolommen.items():
            indicator = lezer.indicatoren[sleutel]
            golf, waarde = lezer.golf(rij, indicator), lezer.cel(rij, kolom, getal)
            n = lezer.cel(rij, lezer.keuzes.respondenten, aantal) if lezer.keuzes.respondenten else None
            if golf is not None:
                mensen = None if n is None else int(n)
                lezer.zet(Waarneming(sleutel, gebied, golf, waarde, mensen, lezer.keuzes.bron, rij.nummer))


_MAAND = re.compile(r"([12]\d{3})\s*-?\s*MM\s*(0[1-9]|1[0-2])", re.I | re.A)


def _politie(lezer: _Lezer) -> None:
    """Monthly counts, summed to the waves of the plan; a wave that misses a month is left out and named."""
    som: dict[tuple[str, str, str], float] = defaultdict(float)
    maanden: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    inwoners: dict[tuple[str, str, str], float] = {}
    for rij, gebied in lezer.bruikbaar():
        m = _MAAND.fullmatch(rij.cellen.get(lezer.keuzes.periodekolom, "").strip())
        if m is None:
            lezer.fout(f"kolom '{lezer.keuzes.periodekolom}': schrijf een maand, zoals 2012MM01", rij.nummer)
            continue
        for sleutel, kolom in lezer.keuzes.kolommen.items():
            golf = perioden.van_dag(date(int(m[1]), int(m[2]), 1), lezer.indicatoren[sleutel].ritme)
            waarde, plek = lezer.cel(rij, kolom, getal), (sleutel, gebied, golf)
            if waarde is None:
                continue
            if m[2] in maanden[plek]:
                lezer.fout(
                    f"{gebied}, {m[0]}: deze maand staat er twee keer; kies één soort bij het filter", rij.nummer
                )
                continue
            som[plek] += waarde
            maanden[plek].add(m[2])
            if lezer.keuzes.inwoners and (n := lezer.cel(rij, lezer.keuzes.inwoners, getal)):
                inwoners[plek] = n
    _tel_op(lezer, som, maanden, inwoners)


def _tel_op(
    lezer: _Lezer, som: dict[tuple[str, str, str], float], maanden: dict[tuple[str, str, str], set[str]],
    inwoners: dict[tuple[str, str, str], float],
) -> None:  # fmt: skip
    for plek, totaal in som.items():
        sleutel, gebied, golf = plek
        mist = MAANDEN[perioden.ritme(golf)] - len(maanden[plek])
        if mist:
            zijn = meervoud(mist, "maand ontbreekt", "maanden ontbreken")
            lezer.let_op(f"{gebied}, {perioden.leesbaar(golf)}: {zijn}. Deze periode blijft weg.")
            continue
        if lezer.keuzes.inwoners and not inwoners.get(plek):
            lezer.fout(f"{gebied}, {golf}: het aantal inwoners ontbreekt in kolom '{lezer.keuzes.inwoners}'")
            continue
        waarde = totaal * 1000 / inwoners[plek] if lezer.keuzes.inwoners else totaal
        lezer.zet(Waarneming(sleutel, gebied, golf, round(waarde, 6), None, lezer.keuzes.bron))


def _vragenlijst(lezer: _Lezer) -> None:
    """One row per respondent; answers become a share (percent) or a mean per area and wave, weighted where asked."""
    antwoorden: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for rij, gebied in lezer.bruikbaar():
        gewicht = lezer.cel(rij, lezer.keuzes.gewicht, getal) if lezer.keuzes.gewicht else 1.0
        if gewicht is None or gewicht < 0:
            lezer.fout(f"kolom '{lezer.keuzes.gewicht}': geef elk antwoord een gewicht van nul of meer", rij.nummer)
            continue
        for sleutel, kolom in lezer.keuzes.kolommen.items():
            golf = lezer.golf(rij, lezer.indicatoren[sleutel])
            antwoord = _antwoord(lezer, rij, sleutel, kolom)
            if golf is not None and antwoord is not None:
                antwoorden[sleutel, gebied, golf].append((antwoord, float(gewicht)))
    for (sleutel, gebied, golf), lijst in antwoorden.items():
        totaal = sum(g for _, g in lijst)
        if totaal <= 0:
            lezer.fout(f"{gebied}, {golf}: alle antwoorden hebben gewicht nul")
            continue
        midden = sum(a * g for a, g in lijst) / totaal
        lezer.zet(Waarneming(sleutel, gebied, golf, round(midden, 6), len(lijst), lezer.keuzes.bron))


def _antwoord(lezer: _Lezer, rij: Rij, sleutel: str, kolom: str) -> float | None:
    """100 or 0 for a share, the number itself for a mean; None for no answer."""
    ruw, telt = rij.cellen.get(kolom, "").strip(), lezer.keuzes.telt.get(sleutel)
    if telt is None:
        waarde = lezer.cel(rij, kolom, getal)
        return None if waarde is None else float(waarde)
    if not ruw:
        return None
    vol = 1.0 if lezer.indicatoren[sleutel].schaal == "aandeel" else 100.0
    return vol if ruw.casefold() in {t.casefold().strip() for t in telt} else 0.0
