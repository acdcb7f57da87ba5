"""MDTO of a round: one Dossier, a Dossier per gate inside it, an Archiefstuk per record, a Bestand per file.

Sidecars as in the specification of the Submission Information Package (Nationaal Archief): the metadata of an
aggregation stand in its folder, those of a file beside it. Names as the e-depot tools read them:
`<stuk>.mdto.xml` and `<bestand>.pdf.bestand.mdto.xml`. People are never named: functions and kinds are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath

from ..documenten.bewaren import Bewaring
from ..documenten.huisstijl import Huisstijl
from ..documenten.poortuitleg import POORTTITEL
from ..kern.notatie import datum
from ..model import Ronde
from ..termijnen import naar_amsterdam
from . import mdto
from .formaat import Formaat
from .mdto import Begrip, Kenmerk, Verwijzing
from .openbaarheid import woo_grond
from .rijen import Rij, langste

BRON = "Zaaksysteem van de gemeente"
SELECTIELIJST = "Selectielijst gemeenten en intergemeentelijke organen 2020"
_EIGEN = "Begrippenlijst maatschappelijk aanbesteden"


@dataclass(frozen=True)
class Stuk:
    """A record with one file, whatever it is: a document, the log, a version of the rules."""

    pad: str
    titel: str
    kenmerk: str
    poort: str
    keer: int
    moment: datetime
    openbaar: bool
    grond: str
    voor: str
    soortnaam: str
    bewaring: Bewaring
    automatisch: bool
    omvang: int
    sha256: str
    formaat: Formaat

    @property
    def naam(self) -> str:
        return PurePosixPath(self.pad).name


def stuk_van(rij: Rij, formaat: Formaat) -> Stuk:
    """The record of a document."""
    return Stuk(
        rij.pad, rij.titel, rij.kenmerk, rij.poort, rij.keer, rij.moment, rij.openbaar,
        woo_grond(rij.soort, openbaar=rij.openbaar), rij.voor, rij.soortnaam, rij.bewaring, rij.automatisch,
        rij.omvang, rij.sha256, formaat,
    )  # fmt: skip


def bijstuk(pad: str, titel: str, kenmerk: str, inhoud: bytes, sha256: str, formaat: Formaat, bij: Stuk) -> Stuk:
    """A record of the round itself (log, rules), kept as long as `bij` and dated with it."""
    return replace(
        bij, pad=pad, titel=titel, kenmerk=kenmerk, poort="", keer=1, openbaar=False, soortnaam="Verantwoording",
        voor="Het archief, de jurist en de rechter", automatisch=True, omvang=len(inhoud), sha256=sha256,
        formaat=formaat, grond=woo_grond("logboek", openbaar=False),
    )  # fmt: skip


@dataclass(frozen=True)
class Metagegevens:
    """Everything that the records of one round share."""

    ronde: Ronde
    huisstijl: Huisstijl
    sluiting: date | None

    def sidecars(self, stukken: Sequence[Stuk], los: Sequence[Stuk] = ()) -> dict[str, bytes]:
        """Path → XML, for the round, its gates, every record and every file. `los` hangs under the round."""
        uit: dict[str, bytes] = {}
        groepen: dict[str, list[Stuk]] = {}
        for stuk in stukken:
            groepen.setdefault(str(PurePosixPath(stuk.pad).parent), []).append(stuk)
        for folder, eigen in groepen.items():
            uit[f"{folder}/{PurePosixPath(folder).name}.mdto.xml"] = self._poortdossier(eigen)
        for stuk in (*stukken, *los):
            boven = self._poort(stuk) if stuk.poort else self._top()
            uit[_zonder_extensie(stuk.pad) + ".mdto.xml"] = self._archiefstuk(stuk, boven)
            uit[f"{stuk.pad}.bestand.mdto.xml"] = self._bestand(stuk)
        uit[f"{self.ronde.kenmerk}.mdto.xml"] = self._ronde([g[0] for g in groepen.values()], los, (*stukken, *los))
        return uit

    def _top(self) -> Verwijzing:
        return Verwijzing(self.ronde.titel, Kenmerk(self.ronde.zaaknummer, BRON))

    def _poort(self, stuk: Stuk) -> Verwijzing:
        return Verwijzing(POORTTITEL[stuk.poort], Kenmerk(f"{self.ronde.zaaknummer}/{stuk.poort}", BRON))

    def _ronde(self, per_poort: Sequence[Stuk], los: Sequence[Stuk], alle: Sequence[Stuk]) -> bytes:
        bevat = [*(self._poort(s) for s in per_poort), *(_verwijs(s) for s in los)]
        oefening = " Dit is een oefenronde." if self.ronde.oefening else ""
        over = f"Dossier van de ronde maatschappelijk aanbesteden ‘{self.ronde.titel}’.{oefening}"
        return self._samen(self._top(), None, bevat, alle, over, Begrip("Ronde", _EIGEN))

    def _poortdossier(self, eigen: Sequence[Stuk]) -> bytes:
        poort = eigen[0].poort
        over = f"Stukken van de poort ‘{poort}’: {POORTTITEL[poort]}."
        return self._samen(self._poort(eigen[0]), self._top(), [_verwijs(s) for s in eigen], eigen, over,
                           Begrip(POORTTITEL[poort], _EIGEN, poort))  # fmt: skip

    def _samen(
        self, zelf: Verwijzing, boven: Verwijzing | None, bevat: Sequence[Verwijzing], stukken: Sequence[Stuk],
        over: str, klasse: Begrip,
    ) -> bytes:  # fmt: skip
        """An aggregation: kept as long as its longest part, closed as soon as one part is."""
        momenten = [s.moment for s in stukken]
        dicht = [s for s in stukken if not s.openbaar]
        object_ = self._object(
            zelf, "Dossier", klasse, over, langste_van(stukken), boven, min(momenten), max(momenten)
        )  # fmt: skip
        return mdto.informatieobject_xml(
            replace(object_, bevat=bevat, beperking=_beperking("; ".join(sorted({s.grond for s in dicht}))))
        )

    def _archiefstuk(self, s: Stuk, boven: Verwijzing) -> bytes:
        klasse = Begrip(POORTTITEL[s.poort], _EIGEN, s.poort) if s.poort else Begrip("Verantwoording", _EIGEN)
        over = f"{s.soortnaam} van de ronde ‘{self.ronde.titel}’, voor: {s.voor}."
        object_ = self._object(_verwijs(s), "Archiefstuk", klasse, over, s.bewaring, boven, s.moment, s.moment)
        door = "Automatisch, door het systeem van de gemeente" if s.automatisch else "Een medewerker van de gemeente"
        maak = mdto.Gebeurtenis(
            Begrip("Creatie", "Begrippenlijst EventTypeLijst MDTO"), s.moment, Verwijzing(door), _resultaat(s)
        )
        return mdto.informatieobject_xml(replace(
            object_, gebeurtenissen=[maak], representaties=[Verwijzing(s.naam, _bestandskenmerk(s))],
            betrokkenen=[(Begrip("Ontvanger", _EIGEN), Verwijzing(s.voor))], beperking=_beperking(s.grond),
        ))  # fmt: skip

    def _object(
        self, zelf: Verwijzing, niveau: str, klasse: Begrip, over: str, bewaring: Bewaring,
        boven: Verwijzing | None, van: datetime, tot: datetime,
    ) -> mdto.Informatieobject:  # fmt: skip
        begin, einde = (naar_amsterdam(m).date() for m in (van, tot))
        assert zelf.kenmerk is not None  # noqa: S101  # every record has one: _top, _poort and _verwijs give it
        return mdto.Informatieobject(
            identificatie=zelf.kenmerk, naam=zelf.naam,
            aggregatieniveau=Begrip(niveau, "Begrippenlijst Aggregatieniveaus MDTO"), classificatie=klasse,
            trefwoorden=("maatschappelijk aanbesteden", "subsidie"), omschrijving=over,
            dekking=(Begrip("Opmaak", _EIGEN), begin, einde if einde > begin else None),
            ruimte=Verwijzing(self.huisstijl.volledige_naam), gebeurtenissen=(), waardering=_waardering(bewaring),
            bewaartermijn=_termijn(bewaring), informatiecategorie=Begrip(bewaring.grond, SELECTIELIJST,
                                                                         bewaring.categorie),
            onderdeel_van=boven, bevat=(), representaties=(), archiefvormer=self._archiefvormer(), betrokkenen=(),
            activiteit=Verwijzing("Voorzieningen verstrekken", Kenmerk("8", SELECTIELIJST)),
            beperking=_beperking(""),
        )  # fmt: skip

    def _bestand(self, s: Stuk) -> bytes:
        formaat = Begrip(s.formaat.label, "PRONOM-register", s.formaat.puid)
        return mdto.bestand_xml(
            mdto.Bestand(_bestandskenmerk(s), s.naam, s.omvang, formaat, s.sha256, s.moment, _verwijs(s))
        )

    def _archiefvormer(self) -> Verwijzing:
        """By its TOOI identifier; a municipality that does not exist has none and says so."""
        code = self.huisstijl.cbs_code
        if self.huisstijl.fictief:
            return Verwijzing(f"{self.huisstijl.volledige_naam} (fictief)", Kenmerk(code, "Fictieve gemeentecode"))
        tooi = f"https://identifier.overheid.nl/tooi/id/gemeente/{code.lower()}"
        return Verwijzing(self.huisstijl.volledige_naam, Kenmerk(tooi, "TOOI register gemeenten"))


def langste_van(stukken: Sequence[Stuk]) -> Bewaring:
    return max((s.bewaring for s in stukken), key=lambda b: b.volgorde)


def langste_rij(rijen: Sequence[Rij]) -> str:
    """For the index: how long the file as a whole is kept."""
    return langste(rijen).tekst if rijen else ""


def _zonder_extensie(pad: str) -> str:
    return pad.rpartition(".")[0]


def _verwijs(s: Stuk) -> Verwijzing:
    return Verwijzing(s.titel, Kenmerk(s.kenmerk, BRON))


def _bestandskenmerk(s: Stuk) -> Kenmerk:
    return Kenmerk(s.sha256, "SHA-256 van het bestand")


def _resultaat(s: Stuk) -> str:
    keer = f", keer {s.keer}" if s.keer > 1 else ""
    return f"Vastgelegd bij {POORTTITEL[s.poort].lower()}{keer}" if s.poort else "Vastgelegd bij de laatste handeling"


def _waardering(b: Bewaring) -> Begrip:
    label, code = ("Blijvend te bewaren", "B") if b.blijvend else ("Tijdelijk te bewaren", "V")
    return Begrip(label, "Begrippenlijst Waarderingen MDTO", code)


def _termijn(b: Bewaring) -> mdto.Termijn | None:
    """Running from 1 January after the round was closed; no dates while it runs, no term at all for ever."""
    if b.jaren is None:
        return None
    return mdto.Termijn(Begrip("Sluiting van de ronde", _EIGEN), b.jaren, b.begin, b.tot)


def _beperking(grond: str) -> mdto.Beperking:
    if not grond:
        return mdto.Beperking(Begrip("Openbaar", _EIGEN), "Openbaar: iedereen mag dit lezen en gebruiken.")
    voorlopig = "Voorlopig: bij een verzoek weegt de gemeente opnieuw."
    return mdto.Beperking(Begrip("Niet openbaar", _EIGEN), f"{grond}. {voorlopig}")


def sluitzin(sluiting: date | None) -> str:
    """How the terms count, for people."""
    if sluiting is None:
        return "De ronde loopt nog. Daarom staat bij de bewaartermijnen nog geen einddatum."
    return f"De ronde sloot op {datum(sluiting)}. De termijnen tellen vanaf 1 januari {sluiting.year + 1}."
