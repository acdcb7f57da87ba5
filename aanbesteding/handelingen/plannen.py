"""Acts after the selection: full plans, their assessment, and the measuring plan."""

from sqlmodel import col, select

from ..fouten import Conflict, Invoerfout
from ..inhoud import Meetplan, PlanInhoud
from ..model import Coalitie, Meetplanversie, Plan, Planoordeel, Voorstel
from ..overzichten import vind
from ..procedure import Poort
from ..regels import Sleutel, Tekst, canonieke_hash
from .basis import Log, Werk, handeling, volgende_versie
from .oproep import eigen_coalitie


def _geselecteerd_voorstel(werk: Werk, coalitie: str) -> tuple[Voorstel, Coalitie]:
    for voorstel, groep in vind.geselecteerde(werk.session, werk.ronde):
        if groep.sleutel == coalitie:
            return voorstel, groep
    raise Invoerfout(f"coalitie: '{coalitie}' is niet geselecteerd voor een plan", waar="plan")


@handeling
def dien_plan_in(werk: Werk, *, coalitie: Sleutel, inhoud: PlanInhoud) -> Log:
    """Dien het uitgewerkte plan in."""
    eigen_coalitie(werk, coalitie)
    voorstel, _ = _geselecteerd_voorstel(werk, coalitie)
    maximum = werk.regels.verdeling.maximum_per_voorstel_euro
    if inhoud.gevraagd_euro() > maximum:
        raise Invoerfout(
            f"inhoud.begroting: u vraagt {inhoud.gevraagd_euro()} euro; het maximum is {maximum} euro",
            waar="dien_plan_in",
        )
    gegevens = inhoud.model_dump(mode="json")
    versie = volgende_versie(werk, Plan, Plan.voorstel_id == voorstel.id)
    sha = canonieke_hash(gegevens)
    werk.bewaar(
        Plan(
            voorstel_id=vind.sid(voorstel.id),
            versie=versie,
            inhoud=gegevens,
            sha256=sha,
            ingediend_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "versie": versie, "sha256": sha}


@handeling
def oordeel_plan(
    werk: Werk,
    *,
    coalitie: Sleutel,
    akkoord: bool,
    motivering: Tekst,
    voorwaarden: list[Tekst] = [],  # noqa: B006
) -> Log:
    """Beoordeel het nieuwste plan van een coalitie."""
    voorstel, _ = _geselecteerd_voorstel(werk, coalitie)
    plan = werk.session.exec(
        select(Plan).where(Plan.voorstel_id == voorstel.id).order_by(col(Plan.versie).desc())
    ).first()
    if plan is None:
        raise Conflict(f"'{coalitie}' heeft nog geen plan ingediend.")
    if werk.session.exec(select(Planoordeel).where(Planoordeel.plan_id == plan.id)).first():
        raise Conflict(f"Versie {plan.versie} van het plan van '{coalitie}' is al beoordeeld.")
    werk.bewaar(
        Planoordeel(
            plan_id=vind.sid(plan.id),
            akkoord=akkoord,
            motivering=motivering,
            voorwaarden=voorwaarden,
            gegeven_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "plan": plan.versie, "akkoord": akkoord}


@handeling
def meetplan(werk: Werk, *, coalitie: Sleutel, inhoud: Meetplan, reden: str = "") -> Log:
    """Leg het meetplan vast; na de poort plannen maakt een wijziging een nieuwe versie met een reden."""
    voorstel, _ = _geselecteerd_voorstel(werk, coalitie)
    _toets_meetplan(inhoud)
    versie = volgende_versie(werk, Meetplanversie, Meetplanversie.voorstel_id == voorstel.id)
    op_slot = vind.passage(werk.session, werk.ronde, Poort.PLANNEN) is not None
    if op_slot and not reden:
        raise Invoerfout("reden: het meetplan ligt vast; leg uit waarom u het verandert", waar="meetplan")
    gegevens = inhoud.model_dump(mode="json")
    sha = canonieke_hash(gegevens)
    werk.bewaar(
        Meetplanversie(
            voorstel_id=vind.sid(voorstel.id),
            versie=versie,
            inhoud=gegevens,
            hash=sha,
            reden=reden,
            vastgelegd_op=werk.nu,
            vergrendeld_op=werk.nu if op_slot else None,
        )
    )
    return {"coalitie": coalitie, "versie": versie, "sha256": sha}


def _toets_meetplan(inhoud: Meetplan) -> None:
    primair = sum(i.primair for i in inhoud.indicatoren)
    dubbel = sorted(set(inhoud.pilotgebieden) & set(inhoud.vergelijkingsgebieden))
    fouten = []
    if not 1 <= primair <= 3:
        fouten.append(f"inhoud.indicatoren: {primair} zijn primair; kies er één tot drie")
    if dubbel:
        fouten.append(f"inhoud: '{dubbel[0]}' is pilotgebied én vergelijkingsgebied; kies één van beide")
    if len({i.sleutel for i in inhoud.indicatoren}) < len(inhoud.indicatoren):
        fouten.append("inhoud.indicatoren: een sleutel staat er twee keer")
    if fouten:
        raise Invoerfout(fouten, waar="meetplan")
