"""Measured values and the effort beside them: one at a time, a whole file, and corrections that keep their history.

A value of a group under ten people is never kept: only that it was suppressed. A correction needs a reason, because
whoever reads the effect report must be able to ask why a number changed.
"""

import math
from typing import Annotated, Any

from pydantic import Field
from sqlmodel import col, select

from ..fouten import Invoerfout
from ..inhoud import Indicator, Meetplan, Periode
from ..kern import perioden
from ..kern.notatie import getal, meervoud
from ..meetbronnen.toetsen import grenzen
from ..meetbronnen.waarden import KLEINSTE_CEL, Gebieden
from ..model import Inspanning, Meetbestand, Meetplanversie, Meetwaarde, Pilot
from ..overzichten import vind
from ..overzichten.metingen import nieuwste_waarden
from ..procedure import Rol
from ..regels import Sleutel, Strikt, Tekst
from ..termijnen import naar_amsterdam
from .basis import Log, Werk, handeling, volgende_versie
from .oproep import eigen_coalitie

MEESTE_FOUTEN = 60
Aantal = Annotated[int, Field(ge=0, le=1_000_000)]


class Metingrij(Strikt):
    """One value of a file that was checked before; `onderdrukt` instead of a value for a small group."""

    indicator: Sleutel
    gebied: Tekst
    periode: Periode
    waarde: float | None = None
    respondenten: Annotated[int, Field(ge=0)] | None = None
    bron: Tekst
    onderdrukt: bool = False

    @property
    def plek(self) -> tuple[str, str, str]:
        return self.indicator, self.gebied, self.periode


class Bestandsgegevens(Strikt):
    """Which file it was; the file itself is not kept."""

    naam: Annotated[str, Field(min_length=1, max_length=200)]
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    vorm: Annotated[str, Field(pattern=r"^(eigen|statline|politie|vragenlijst)$")]
    keuzes: dict[str, Any] = {}
    model: bool = False


def huidig_meetplan(werk: Werk, voorstel_id: int) -> Meetplan:
    vraag = select(Meetplanversie).where(Meetplanversie.voorstel_id == voorstel_id)
    rij = werk.session.exec(vraag.order_by(col(Meetplanversie.versie).desc())).first()
    if rij is None:
        raise Invoerfout("er is nog geen meetplan", waar="meting")
    return Meetplan.model_validate(rij.inhoud)


@handeling
def meting(
    werk: Werk,
    *,
    coalitie: Sleutel,
    indicator: Sleutel,
    gebied: Tekst,
    periode: Periode,
    waarde: float | None = None,
    respondenten: Annotated[int, Field(ge=0)] | None = None,
    bron: Tekst,
    onderdrukt: bool = False,
    reden: str = "",
) -> Log:
    """Voer een meetwaarde in; een verbetering wordt een nieuwe versie met een reden."""
    pilot = vind.pilot(werk.session, werk.ronde, coalitie)
    rij = Metingrij(
        indicator=indicator, gebied=gebied, periode=periode, waarde=waarde, respondenten=respondenten, bron=bron,
        onderdrukt=onderdrukt,
    )  # fmt: skip
    plan = huidig_meetplan(werk, pilot.voorstel_id)
    if fouten := _Toets(plan, werk).fouten(rij):
        raise Invoerfout(fouten, waar="meting")
    versie = _bewaar(werk, pilot, rij, _bekend(werk, pilot), reden=reden)
    return {"coalitie": coalitie, "indicator": indicator, "periode": periode, "versie": versie} | _reden(reden)


def _reden(reden: str) -> dict[str, str]:
    return {"reden": reden} if reden.strip() else {}


@handeling
def lees_metingen(
    werk: Werk, *, coalitie: Sleutel, metingen: Annotated[list[Metingrij], Field(min_length=1, max_length=50_000)],
    bestand: Bestandsgegevens, reden: str = "",
) -> Log:  # fmt: skip
    """Lees metingen uit een bestand in: alle waarden, of geen enkele."""
    pilot = vind.pilot(werk.session, werk.ronde, coalitie)
    plan, bekend = huidig_meetplan(werk, pilot.voorstel_id), _bekend(werk, pilot)
    toets = _Toets(plan, werk)
    fouten = [f"metingen[{n}].{f}" for n, rij in enumerate(metingen, 1) for f in toets.fouten(rij, eenmalig=True)]
    if fouten:
        raise Invoerfout(fouten[:MEESTE_FOUTEN], waar="lees_metingen")
    verbeterd = [r for r in metingen if (oud := bekend.get(r.plek)) is not None and not _gelijk(oud, r)]
    if verbeterd and not reden.strip():
        zin = f"reden: {meervoud(len(verbeterd), 'waarde verandert', 'waarden veranderen')}; zeg waarom"
        raise Invoerfout(zin, waar="lees_metingen")
    uitkomst = {
        "waarden": len(metingen), "verbeterd": len(verbeterd), "onderdrukt": sum(r.onderdrukt for r in metingen),
        "model": bestand.model, "indicatoren": sorted({r.indicator for r in metingen}),
    }  # fmt: skip
    bron = Meetbestand(
        pilot_id=vind.sid(pilot.id), naam=bestand.naam, hash=bestand.hash, vorm=bestand.vorm, keuzes=bestand.keuzes,
        uitkomst=uitkomst, ingelezen_op=werk.nu,
    )  # fmt: skip
    werk.bewaar(bron)
    nieuw = [_nieuwe_versie(werk, pilot, r, bekend.get(r.plek), reden, bron.id) for r in metingen]
    werk.bewaar(*[m for m in nieuw if m is not None])
    return {"coalitie": coalitie, "bestand": bestand.hash, "vorm": bestand.vorm, **uitkomst} | _reden(reden)


def _bekend(werk: Werk, pilot: Pilot) -> dict[tuple[str, str, str], Meetwaarde]:
    return nieuwste_waarden(werk.session, pilot)


def _bewaar(
    werk: Werk, pilot: Pilot, rij: Metingrij, bekend: dict[tuple[str, str, str], Meetwaarde], *, reden: str
) -> int:  # fmt: skip
    """The version that stands afterwards; the same value again makes no new one."""
    oud = bekend.get(rij.plek)
    nieuw = _nieuwe_versie(werk, pilot, rij, oud, reden, None)
    if nieuw is None:
        return oud.versie if oud else 0
    if oud is not None and not reden.strip():
        staat = "niets (onderdrukt)" if oud.waarde is None else getal(oud.waarde)
        raise Invoerfout(
            f"reden: voor {rij.gebied}, {rij.periode} staat er al {staat}; zeg waarom u dat verandert", waar="meting"
        )
    werk.bewaar(nieuw)
    return nieuw.versie


def _nieuwe_versie(
    werk: Werk, pilot: Pilot, rij: Metingrij, oud: Meetwaarde | None, reden: str, bestand: int | None
) -> Meetwaarde | None:
    """None when this very value stands there already. A suppressed value is dropped here, whatever was sent."""
    if oud is not None and _gelijk(oud, rij):
        return None
    return Meetwaarde(
        pilot_id=vind.sid(pilot.id), indicator=rij.indicator, gebied=rij.gebied, periode=rij.periode,
        versie=oud.versie + 1 if oud else 1, waarde=None if rij.onderdrukt else rij.waarde,
        respondenten=None if rij.onderdrukt else rij.respondenten, bron=rij.bron, ingevoerd_op=werk.nu,
        reden=reden.strip() if oud else "", onderdrukt=rij.onderdrukt, meetbestand_id=bestand,
    )  # fmt: skip


def _gelijk(oud: Meetwaarde, rij: Metingrij) -> bool:
    gegevens = (None, True, None) if rij.onderdrukt else (rij.waarde, False, rij.respondenten)
    return (oud.waarde, oud.onderdrukt, oud.respondenten) == gegevens


class _Toets:
    """The checks of one row against the plan, made once for a whole file."""

    def __init__(self, plan: Meetplan, werk: Werk) -> None:
        self.gebieden, self.indicatoren = Gebieden(plan).namen, {i.sleutel: i for i in plan.indicatoren}
        self.vandaag = naar_amsterdam(werk.nu).date()
        self.gezien: set[tuple[str, str, str]] = set()

    def fouten(self, rij: Metingrij, *, eenmalig: bool = False) -> list[str]:
        fouten = []
        if rij.indicator not in self.indicatoren:
            bekend = ", ".join(self.indicatoren)
            fouten.append(f"indicator: '{rij.indicator}' staat niet in het meetplan; kies uit {bekend}")
        else:
            fouten += _waardefouten(self.indicatoren[rij.indicator], rij)
        if rij.gebied not in self.gebieden:
            namen = ", ".join(self.gebieden)
            fouten.append(f"gebied: '{rij.gebied}' staat niet in het meetplan; kies uit {namen}")
        if rij.respondenten is not None and rij.respondenten < KLEINSTE_CEL and not rij.onderdrukt:
            te_weinig = f"onder {KLEINSTE_CEL} kan iemand herkenbaar zijn"
            fouten.append(f"respondenten: {rij.respondenten} is te weinig; {te_weinig}")
        if not perioden.begonnen(rij.periode, self.vandaag):
            fouten.append(f"periode: {rij.periode} moet nog beginnen; kies een periode die er al is")
        if eenmalig and rij.plek in self.gezien:
            fouten.append(f"gebied: {rij.gebied}, {rij.periode} staat er twee keer; haal er één weg")
        self.gezien.add(rij.plek)
        return fouten


def _waardefouten(i: Indicator, rij: Metingrij) -> list[str]:
    if perioden.ritme(rij.periode) != i.ritme:
        soort = perioden.ritme(rij.periode)
        return [f"periode: {rij.periode} is een {soort}; '{i.titel}' wordt per {i.ritme} gemeten"]
    if rij.onderdrukt:
        return []
    if rij.waarde is None or not math.isfinite(rij.waarde):
        leeg = rij.waarde is None
        return [
            f"waarde: {'vul een getal in, of kies dat de groep te klein was' if leeg else 'moet een gewoon getal zijn'}"
        ]
    return _buiten_bereik(i, rij.waarde)


def _buiten_bereik(i: Indicator, waarde: float) -> list[str]:
    laag, hoog = grenzen(i)
    if i.in_procenten() and not 0 <= waarde <= 100:
        return [f"waarde: {waarde} is geen percentage; het moet tussen 0 en 100 liggen"]
    if laag is not None and waarde < laag:
        return [f"waarde: {getal(waarde)} is te laag; minstens {getal(laag)}"]
    return [f"waarde: {getal(waarde)} is te hoog; hooguit {getal(hoog)}"] if hoog is not None and waarde > hoog else []


@handeling
def inspanning(
    werk: Werk, *, coalitie: Sleutel, gebied: Tekst, periode: Periode, uren: Aantal, deelnemers: Aantal,
    activiteiten: Aantal, toelichting: Annotated[str, Field(max_length=500)] = "",
) -> Log:  # fmt: skip
    """Leg vast wat de coalitie in een gebied deed: uren, deelnemers en activiteiten."""
    if Rol.PROJECTLEIDER not in werk.rollen:
        eigen_coalitie(werk, coalitie)
    pilot = vind.pilot(werk.session, werk.ronde, coalitie)
    plan = huidig_meetplan(werk, pilot.voorstel_id)
    if gebied not in plan.pilotgebieden:
        raise Invoerfout(f"gebied: kies een pilotgebied: {', '.join(plan.pilotgebieden)}", waar="inspanning")
    if not perioden.begonnen(periode, naar_amsterdam(werk.nu).date()):
        raise Invoerfout(f"periode: {periode} moet nog beginnen; kies een periode die er al is", waar="inspanning")
    plek = (Inspanning.pilot_id == pilot.id, Inspanning.gebied == gebied, Inspanning.periode == periode)
    versie = volgende_versie(werk, Inspanning, *plek)
    werk.bewaar(
        Inspanning(
            pilot_id=vind.sid(pilot.id), gebied=gebied, periode=periode, versie=versie, uren=uren,
            deelnemers=deelnemers, activiteiten=activiteiten, toelichting=toelichting.strip(), ingevoerd_op=werk.nu,
        )
    )  # fmt: skip
    return {"coalitie": coalitie, "gebied": gebied, "periode": periode, "versie": versie}
