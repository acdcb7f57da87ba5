"""Acts after the selection: full plans and their assessment; the measuring plan is in meetplan.py."""

from sqlmodel import col, select

from ..fouten import Conflict, Invoerfout
from ..inhoud import PlanInhoud
from ..model import Coalitie, Plan, Planoordeel, Voorstel
from ..overzichten import vind
from ..regels import Sleutel, Tekst, canonieke_hash
from .basis import Log, Werk, handeling, volgende_versie
from .oproep import eigen_coalitie


def geselecteerd_voorstel(werk: Werk, coalitie: str) -> tuple[Voorstel, Coalitie]:
    """The proposal that the college chose for a plan. Raises Invoerfout for another coalition."""
    for voorstel, groep in vind.geselecteerde(werk.session, werk.ronde):
        if groep.sleutel == coalitie:
            return voorstel, groep
    raise Invoerfout(f"coalitie: '{coalitie}' is niet geselecteerd voor een plan", waar="plan")


@handeling
def dien_plan_in(werk: Werk, *, coalitie: Sleutel, inhoud: PlanInhoud) -> Log:
    """Dien het uitgewerkte plan in."""
    eigen_coalitie(werk, coalitie)
    voorstel, _ = geselecteerd_voorstel(werk, coalitie)
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
    voorstel, _ = geselecteerd_voorstel(werk, coalitie)
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
