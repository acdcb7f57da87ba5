"""Who may do what, and when: one table, tested as a table.

A right holds between two gates (`na` passed, `voor` not yet) and until an announced moment (`tot`). Roles are
kept apart on purpose (domein.md L29): the projectleider never scores, a wethouder never changes a score.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from .fouten import GeenToestemming
from .kern.notatie import datum_tijd, opsomming
from .procedure import Poort, Rol
from .termijnen import amsterdam

P, R = Poort, Rol


@dataclass(frozen=True)
class Recht:
    """Permission for one act. `tot` names a moment of the call's Termijnen (of a list: the last one)."""

    rollen: tuple[Rol, ...]
    na: Poort | None = None
    voor: Poort | None = None
    tot: str = ""


RECHTEN: dict[str, Recht] = {
    "voeg_organisaties_toe": Recht((R.PROJECTLEIDER,), voor=P.OPROEP),
    "voeg_mensen_toe": Recht((R.PROJECTLEIDER,), voor=P.TOEWIJZING),
    "wijzig_regels": Recht((R.PROJECTLEIDER,), voor=P.STARTVOORSTEL),
    "collegetekst": Recht((R.PROJECTLEIDER,), voor=P.START),
    "besluit": Recht((R.WETHOUDER,), na=P.STARTVOORSTEL, voor=P.START),
    "bereid_besluit_voor": Recht((R.WETHOUDER,), na=P.STARTVOORSTEL, voor=P.START),
    "bereid_intrekking_voor": Recht((R.WETHOUDER,), voor=P.AFSLUITING),
    "bevestig_besluit": Recht((R.WETHOUDER,), voor=P.AFSLUITING),
    "haal_besluit_weg": Recht((R.WETHOUDER,), voor=P.AFSLUITING),
    "stel_terugvraag": Recht((R.WETHOUDER,), na=P.STARTVOORSTEL, voor=P.START),
    "beantwoord_terugvraag": Recht((R.PROJECTLEIDER,), na=P.STARTVOORSTEL, voor=P.AFSLUITING),
    "startbijeenkomst": Recht((R.PROJECTLEIDER,), na=P.OPROEP, voor=P.SLUITING),
    "stel_vraag": Recht((R.ORGANISATIE, R.PENVOERDER), na=P.OPROEP, tot="vragen_tot"),
    "beantwoord_vraag": Recht((R.PROJECTLEIDER,), na=P.OPROEP, voor=P.SLUITING),
    "vorm_coalitie": Recht((R.ORGANISATIE,), na=P.OPROEP, tot="sluiting"),
    "bevestig_partner": Recht((R.ORGANISATIE, R.PENVOERDER), na=P.OPROEP, voor=P.ONTVANKELIJKHEID, tot="herstel_tot"),
    "nodig_partner_uit": Recht((R.PENVOERDER,), na=P.OPROEP, tot="sluiting"),
    "nodig_nieuwe_partner_uit": Recht((R.PENVOERDER,), na=P.OPROEP, tot="sluiting"),
    "wijzig_inbreng": Recht((R.ORGANISATIE, R.PENVOERDER), na=P.OPROEP, tot="sluiting"),
    "verwijder_partner": Recht((R.ORGANISATIE, R.PENVOERDER), na=P.OPROEP, tot="sluiting"),
    "vul_adres_aan": Recht((R.ORGANISATIE, R.PENVOERDER), na=P.OPROEP, voor=P.AFSLUITING),
    "plaats_beurskaart": Recht((R.PENVOERDER,), na=P.OPROEP, tot="sluiting"),
    "sluit_beurskaart": Recht((R.PENVOERDER,), na=P.OPROEP, tot="sluiting"),
    "vraag_aansluiting": Recht((R.ORGANISATIE, R.PENVOERDER), na=P.OPROEP, tot="sluiting"),
    "trek_aansluiting_in": Recht((R.ORGANISATIE, R.PENVOERDER), na=P.OPROEP, tot="sluiting"),
    "beantwoord_aansluiting": Recht((R.PENVOERDER,), na=P.OPROEP, tot="sluiting"),
    "plaats_opmerking": Recht((R.ADVISEUR, R.PENVOERDER, R.ORGANISATIE), na=P.OPROEP, voor=P.PLANNEN),
    "handel_opmerking_af": Recht((R.ADVISEUR, R.PENVOERDER, R.ORGANISATIE), na=P.OPROEP, voor=P.PLANNEN),
    "vraag_advies": Recht((R.PENVOERDER,), na=P.OPROEP, tot="adviesmomenten"),
    "log_advies": Recht((R.ADVISEUR,), na=P.OPROEP, voor=P.AFSLUITING),
    "dien_in": Recht((R.PENVOERDER,), na=P.OPROEP, voor=P.SLUITING, tot="sluiting"),
    "trek_in": Recht((R.PENVOERDER,), na=P.OPROEP, voor=P.SLUITING, tot="sluiting"),
    "plaats_bestand": Recht((R.PENVOERDER,), na=P.OPROEP, voor=P.ONTVANKELIJKHEID, tot="herstel_tot"),
    "verwijder_bestand": Recht((R.PENVOERDER,), na=P.OPROEP, voor=P.ONTVANKELIJKHEID, tot="herstel_tot"),
    "neem_papier_aan": Recht((R.PROJECTLEIDER,), na=P.OPROEP, voor=P.SLUITING),
    "open_kluis": Recht((R.PROJECTLEIDER,), na=P.SLUITING, voor=P.OPENING),
    "bereid_opening_voor": Recht((R.PROJECTLEIDER,), na=P.SLUITING, voor=P.OPENING),
    "bevestig_opening": Recht((R.TWEEDE, R.JURIST), na=P.SLUITING, voor=P.OPENING),
    "trek_opening_in": Recht((R.PROJECTLEIDER, R.TWEEDE, R.JURIST), na=P.SLUITING, voor=P.OPENING),
    "vul_aan": Recht((R.PENVOERDER,), na=P.OPENING, voor=P.ONTVANKELIJKHEID, tot="herstel_tot"),
    "oordeel_vorm": Recht((R.PROJECTLEIDER,), na=P.OPENING, voor=P.ONTVANKELIJKHEID),
    "verklaar_belang": Recht((R.BEOORDELAAR,), na=P.ONTVANKELIJKHEID, voor=P.TOEWIJZING),
    "wijs_toe": Recht((R.PROJECTLEIDER,), na=P.ONTVANKELIJKHEID, voor=P.TOEWIJZING),
    "trek_wijziging_in": Recht((R.PROJECTLEIDER,), na=P.ONTVANKELIJKHEID, voor=P.TOEWIJZING),
    "score": Recht((R.BEOORDELAAR,), na=P.TOEWIJZING, voor=P.BEOORDELING),
    "vergrendel": Recht((R.BEOORDELAAR,), na=P.TOEWIJZING, voor=P.BEOORDELING),
    "vervang_beoordelaar": Recht((R.PROJECTLEIDER,), na=P.TOEWIJZING, voor=P.BEOORDELING),
    "consensus": Recht((R.VOORZITTER,), na=P.TOEWIJZING, voor=P.BEOORDELING),
    "oordeel": Recht((R.VOORZITTER,), na=P.TOEWIJZING, voor=P.BEOORDELING),
    "loting": Recht((R.JURIST,), na=P.BEOORDELING, voor=P.LOTING),
    "vergewis": Recht((R.JURIST,), na=P.BEOORDELING, voor=P.VOORDRACHT),
    "dien_plan_in": Recht((R.PENVOERDER,), na=P.SELECTIE, voor=P.PLANNEN),
    "oordeel_plan": Recht((R.PROJECTLEIDER,), na=P.SELECTIE, voor=P.PLANNEN),
    "meetplan": Recht((R.PROJECTLEIDER,), na=P.SELECTIE, voor=P.AFSLUITING),
    "akkoord_meetplan": Recht((R.PENVOERDER,), na=P.SELECTIE, voor=P.AFSLUITING),
    "kondig_gebiedenloting_aan": Recht((R.PROJECTLEIDER,), na=P.SELECTIE, voor=P.START),
    "trek_gebiedenloting": Recht((R.PROJECTLEIDER,), na=P.SELECTIE, voor=P.START),
    "laat_gebiedenloting_vervallen": Recht((R.PROJECTLEIDER,), na=P.SELECTIE, voor=P.START),
    "voortgang": Recht((R.PENVOERDER,), na=P.START, voor=P.AFSLUITING),
    "meting": Recht((R.PROJECTLEIDER,), na=P.START, voor=P.AFSLUITING),
    "lees_metingen": Recht((R.PROJECTLEIDER,), na=P.START, voor=P.AFSLUITING),
    "inspanning": Recht((R.PENVOERDER, R.PROJECTLEIDER), na=P.START, voor=P.AFSLUITING),
    "duiding": Recht((R.PROJECTLEIDER,), na=P.START, voor=P.AFSLUITING),
    "evaluatie": Recht((R.PROJECTLEIDER,), na=P.START, voor=P.AFSLUITING),
    "herinner": Recht((R.PROJECTLEIDER,), voor=P.AFSLUITING),
    "trek_ronde_in": Recht((R.WETHOUDER,), voor=P.AFSLUITING),
}


def einde(waarde: object) -> datetime | None:
    """The (last) announced moment, aware; None when the call announces none."""
    if isinstance(waarde, list):
        waarde = waarde[-1] if waarde else None
    return amsterdam(waarde.date(), waarde.time()) if isinstance(waarde, datetime) else None


def toets_recht(
    handeling: str, *, rollen: Collection[str], gepasseerd: Collection[str], termijnen: object, nu: datetime
) -> None:
    """Raise GeenToestemming with the reason in Dutch, or return. `gepasseerd`: gates passed at least once."""
    recht = RECHTEN[handeling]
    if not set(recht.rollen) & set(rollen):
        raise GeenToestemming(f"'{handeling}' mag alleen: {opsomming([r.value for r in recht.rollen], 'of')}.")
    if recht.na and recht.na not in gepasseerd:
        raise GeenToestemming(f"'{handeling}' kan nog niet: eerst moet de poort '{recht.na.value}' open zijn.")
    if recht.voor and recht.voor in gepasseerd:
        raise GeenToestemming(f"'{handeling}' kan niet meer: de poort '{recht.voor.value}' is al gepasseerd.")
    tot = einde(getattr(termijnen, recht.tot)) if recht.tot else None
    if tot and nu > tot:
        raise GeenToestemming(f"'{handeling}' kan niet meer: de termijn sloot op {datum_tijd(tot)}.")
