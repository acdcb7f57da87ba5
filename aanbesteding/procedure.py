"""The procedure of a round, as data: the whole of it on one screen.

A gate (poort) is passed when its predecessors are passed (`na`), its announced moment has come (`termijn`)
and its conditions (`voorwaarden`, answered in overzichten/voorwaarden.py) report no blockers. Passing it
brings the round to the phase `naar` and makes its documents. Source: the round of Maassluis 2011-2013
(magazine 'Gemeente & Gemeenschap', pp. 36-40) and the law in kennis/domein.md, chapter 2.
"""

from dataclasses import dataclass
from enum import StrEnum


class Fase(StrEnum):
    VOORBEREIDING = "voorbereiding"
    OPROEP = "oproep"
    BEOORDELING = "beoordeling"
    SELECTIE = "selectie"
    UITWERKING = "uitwerking"
    UITVOERING = "uitvoering"
    NAZORG = "nazorg"
    AFGESLOTEN = "afgesloten"
    INGETROKKEN = "ingetrokken"


class Rol(StrEnum):
    PROJECTLEIDER = "projectleider"
    TWEEDE = "tweede"
    BEOORDELAAR = "beoordelaar"
    VOORZITTER = "voorzitter"
    WETHOUDER = "wethouder"
    JURIST = "jurist"
    ADVISEUR = "adviseur"
    ORGANISATIE = "organisatie"
    PENVOERDER = "penvoerder"
    KLOK = "klok"


class Poort(StrEnum):
    STARTVOORSTEL = "startvoorstel"
    OPROEP = "oproep"
    INLICHTINGEN = "inlichtingen"
    ADVIES = "advies"
    SLUITING = "sluiting"
    OPENING = "opening"
    ONTVANKELIJKHEID = "ontvankelijkheid"
    TOEWIJZING = "toewijzing"
    BEOORDELING = "beoordeling"
    LOTING = "loting"
    VOORDRACHT = "voordracht"
    SELECTIE = "selectie"
    PLANNEN = "plannen"
    START = "start"
    VOORTGANG = "voortgang"
    EFFECTMETING = "effectmeting"
    AFSLUITING = "afsluiting"


@dataclass(frozen=True)
class Poortregel:
    """One row of the procedure. `herhaalt`: one passage per moment in the list that `termijn` names."""

    poort: Poort
    naar: Fase
    wie: tuple[Rol, ...]
    na: tuple[Poort, ...] = ()
    termijn: str = ""
    voorwaarden: tuple[str, ...] = ()
    documenten: tuple[str, ...] = ()
    herhaalt: bool = False
    alleen_als: str = ""
    """Name of the predicate that says whether this round needs the gate at all."""
    naar_na_laatste: Fase | None = None


P, F, R = Poort, Fase, Rol

PROCEDURE: tuple[Poortregel, ...] = (
    Poortregel(P.STARTVOORSTEL, F.VOORBEREIDING, (R.PROJECTLEIDER,),
               voorwaarden=("vraagtoets", "team_compleet", "termijnen_kloppen", "collegetekst_start"),
               documenten=("collegevoorstel-start",)),
    Poortregel(P.OPROEP, F.OPROEP, (R.WETHOUDER, R.KLOK), na=(P.STARTVOORSTEL,), termijn="publicatie",
               voorwaarden=("besluit_vrijgave", "uitnodigingen_klaar"), documenten=("oproep", "uitnodiging")),
    Poortregel(P.INLICHTINGEN, F.OPROEP, (R.PROJECTLEIDER,), na=(P.OPROEP,), termijn="vragen_tot", herhaalt=True,
               voorwaarden=("vragen_beantwoord",), documenten=("nota-van-inlichtingen", "verslag-startbijeenkomst")),
    Poortregel(P.ADVIES, F.OPROEP, (R.KLOK,), na=(P.OPROEP,), termijn="adviesmomenten", herhaalt=True,
               voorwaarden=("advies_mogelijk",), documenten=("toewijzingsbrief", "toewijzingsverslag")),
    Poortregel(P.SLUITING, F.BEOORDELING, (R.KLOK,), na=(P.INLICHTINGEN, P.ADVIES), termijn="sluiting",
               voorwaarden=("voorstellen_ontvangen",), documenten=("register-van-ontvangst",)),
    Poortregel(P.OPENING, F.BEOORDELING, (R.PROJECTLEIDER, R.TWEEDE), na=(P.SLUITING,),
               voorwaarden=("kluis_geopend",), documenten=("pv-opening", "verzuimbrief")),
    Poortregel(P.ONTVANKELIJKHEID, F.BEOORDELING, (R.PROJECTLEIDER,), na=(P.OPENING,), termijn="herstel_tot",
               voorwaarden=("vorm_beoordeeld",), documenten=("niet-ontvankelijkbrief", "staat-van-voorstellen")),
    Poortregel(P.TOEWIJZING, F.BEOORDELING, (R.PROJECTLEIDER,), na=(P.ONTVANKELIJKHEID,),
               voorwaarden=("belangen_verklaard", "toewijzing_mogelijk"),
               documenten=("beoordelingsprotocol", "scoreformulier")),
    Poortregel(P.BEOORDELING, F.SELECTIE, (R.BEOORDELAAR, R.VOORZITTER), na=(P.TOEWIJZING,),
               voorwaarden=("scores_vergrendeld", "consensus_compleet", "oordelen_geschreven"),
               documenten=("beoordelingsrapport-intern", "beoordelingsrapport-openbaar")),
    Poortregel(P.LOTING, F.SELECTIE, (R.JURIST,), na=(P.BEOORDELING,), alleen_als="gelijke_stand_op_de_grens",
               voorwaarden=("loting_getrokken",), documenten=("pv-loting",)),
    Poortregel(P.VOORDRACHT, F.SELECTIE, (R.JURIST,), na=(P.BEOORDELING, P.LOTING),
               voorwaarden=("vergewis_ondertekend", "collegetekst_selectie"),
               documenten=("vergewisverklaring", "collegevoorstel-selectie")),
    Poortregel(P.SELECTIE, F.UITWERKING, (R.WETHOUDER,), na=(P.VOORDRACHT,), voorwaarden=("besluit_selectie",),
               documenten=("besluit", "selectiebrief", "afwijzingsbrief")),
    Poortregel(P.PLANNEN, F.UITWERKING, (R.PENVOERDER, R.PROJECTLEIDER), na=(P.SELECTIE,),
               voorwaarden=("plannen_beoordeeld", "meetplannen_klaar", "collegetekst_plannen"),
               documenten=("planbeoordeling", "collegevoorstel-plannen")),
    Poortregel(P.START, F.UITVOERING, (R.WETHOUDER,), na=(P.PLANNEN,), voorwaarden=("besluit_plannen",),
               documenten=("beschikking", "uitvoeringsovereenkomst")),
    Poortregel(P.VOORTGANG, F.UITVOERING, (R.PENVOERDER,), na=(P.START,), termijn="voortgang", herhaalt=True,
               voorwaarden=("voortgang_ingeleverd",), documenten=("voortgangsrapportage",),
               naar_na_laatste=F.NAZORG),
    Poortregel(P.EFFECTMETING, F.UITVOERING, (R.PROJECTLEIDER,), na=(P.START,), termijn="metingen", herhaalt=True,
               voorwaarden=("metingen_compleet", "duiding_geschreven"), documenten=("effectrapport",)),
    Poortregel(P.AFSLUITING, F.AFGESLOTEN, (R.PROJECTLEIDER, R.WETHOUDER), na=(P.VOORTGANG, P.EFFECTMETING),
               termijn="afsluiting", voorwaarden=("evaluatie_geschreven",),
               documenten=("eindevaluatie", "procesdossier")),
)  # fmt: skip

REGEL: dict[Poort, Poortregel] = {regel.poort: regel for regel in PROCEDURE}

FASEN: tuple[Fase, ...] = tuple(Fase)


def volgende_fase(regel: Poortregel, huidige: Fase, *, laatste: bool) -> Fase:
    """The phase after passing this gate; never back, so that a measurement in nazorg stays in nazorg."""
    doel = regel.naar_na_laatste if laatste and regel.naar_na_laatste else regel.naar
    return max(huidige, doel, key=FASEN.index)
