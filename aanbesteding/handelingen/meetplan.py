"""The measuring plan: made with the coalition, locked at gate plannen, changed later only with a reason."""

from collections import Counter
from collections.abc import Iterator

from ..fouten import Conflict, Invoerfout
from ..inhoud import Indicator, Meetplan
from ..model import Meetplanreactie, Meetplanversie
from ..overzichten import meetplannen, vind
from ..procedure import Poort
from ..regels import Sleutel, canonieke_hash
from .basis import Log, Werk, handeling, volgende_versie
from .oproep import eigen_coalitie
from .plannen import geselecteerd_voorstel

MEESTE_PRIMAIR = 3
"""Ten indicators at 5 % give a false one in 40 % of cases; with three and Holm that risk stays small."""
GELOOT = ("loting", "gespreide start")


@handeling
def meetplan(werk: Werk, *, coalitie: Sleutel, inhoud: Meetplan, reden: str = "") -> Log:
    """Leg het meetplan vast; na de poort plannen maakt een wijziging een nieuwe versie met een reden."""
    voorstel, _ = geselecteerd_voorstel(werk, coalitie)
    op_slot = vind.passage(werk.session, werk.ronde, Poort.PLANNEN) is not None
    getrokken = meetplannen.geldig(meetplannen.lotingen(werk.session, voorstel))
    fouten = list(fouten_in(inhoud))
    if getrokken is not None and getrokken.getrokken_op is not None and inhoud.keuze_gebieden in GELOOT:
        fouten += meetplannen.verschillen_met_loting(inhoud, getrokken)
        inhoud = inhoud.model_copy(update={"loting": meetplannen.als_gebiedsloting(getrokken)})
    elif inhoud.loting is not None and inhoud.keuze_gebieden not in GELOOT:
        inhoud = inhoud.model_copy(update={"loting": None})
    if op_slot and not reden.strip():
        fouten.append("reden: het meetplan ligt vast; leg uit waarom u het verandert")
    if fouten:
        raise Invoerfout(fouten, waar="meetplan")
    versie = volgende_versie(werk, Meetplanversie, Meetplanversie.voorstel_id == voorstel.id)
    gegevens = inhoud.model_dump(mode="json")
    sha = canonieke_hash(gegevens)
    werk.bewaar(
        Meetplanversie(
            voorstel_id=vind.sid(voorstel.id),
            versie=versie,
            inhoud=gegevens,
            hash=sha,
            reden=reden.strip(),
            vastgelegd_op=werk.nu,
            vergrendeld_op=werk.nu if op_slot else None,
        )
    )
    return {"coalitie": coalitie, "versie": versie, "sha256": sha}


@handeling
def akkoord_meetplan(werk: Werk, *, coalitie: Sleutel, versie: int, akkoord: bool, opmerking: str = "") -> Log:
    """Zeg namens de coalitie of zij akkoord is met het meetplan, of wat zij anders wil."""
    eigen_coalitie(werk, coalitie)
    voorstel, _ = geselecteerd_voorstel(werk, coalitie)
    alle = meetplannen.versies(werk.session, voorstel)
    if not alle:
        raise Conflict("Er is nog geen meetplan om op te reageren.")
    rij = alle[-1][0]
    if rij.versie != versie:
        raise Conflict(f"Er is intussen een nieuwere versie van het meetplan: versie {rij.versie}. Lees die eerst.")
    if not akkoord and not opmerking.strip():
        raise Invoerfout("opmerking: schrijf wat er volgens u anders moet", waar="meetplan")
    werk.bewaar(
        Meetplanreactie(
            meetplanversie_id=vind.sid(rij.id),
            deelnemer_id=vind.sid(werk.actor.id),
            akkoord=akkoord,
            opmerking=opmerking.strip(),
            gegeven_op=werk.nu,
        )
    )
    return {"coalitie": coalitie, "versie": versie, "sha256": rij.hash, "akkoord": akkoord}


def fouten_in(plan: Meetplan) -> Iterator[str]:
    """What cannot be measured as it is written down, each with the field and the mend."""
    yield from _fouten_indicatoren(plan.indicatoren)
    yield from _fouten_gebieden(plan)
    if plan.loting is not None and not set(plan.loting.uitkomst) <= set(plan.loting.kandidaten):
        yield "inhoud.loting: de uitkomst noemt een gebied dat niet op de lijst staat"


def _fouten_indicatoren(indicatoren: list[Indicator]) -> Iterator[str]:
    primair = sum(i.primair for i in indicatoren)
    if not 1 <= primair <= MEESTE_PRIMAIR:
        yield (
            f"inhoud.indicatoren: {primair} zijn primair; kies er één tot drie. Met meer hoofdindicatoren vindt u "
            "bijna altijd ergens toevallig een verschil"
        )
    if len({i.sleutel for i in indicatoren}) < len(indicatoren):
        yield "inhoud.indicatoren: een sleutel staat er twee keer; geef elke indicator een eigen korte naam"
    for n, i in enumerate(indicatoren, 1):
        plek = f"inhoud.indicatoren[{n}]"
        if i.laagste is not None and i.hoogste is not None and i.laagste >= i.hoogste:
            yield f"{plek}.hoogste: moet hoger zijn dan de laagste waarde"
        elif i.laagste is not None and i.hoogste is not None and i.relevant_effect > i.hoogste - i.laagste:
            yield f"{plek}.relevant_effect: is groter dan de hele schaal van de indicator"
        if i.in_procenten() and i.relevant_effect > 100:
            yield f"{plek}.relevant_effect: kan niet meer dan 100 procentpunt zijn"


def _fouten_gebieden(plan: Meetplan) -> Iterator[str]:
    for veld, namen in (("pilotgebieden", plan.pilotgebieden), ("vergelijkingsgebieden", plan.vergelijkingsgebieden)):
        yield from (f"inhoud.{veld}: '{g}' staat er twee keer" for g, n in Counter(namen).items() if n > 1)
    dubbel = sorted(set(plan.pilotgebieden) & set(plan.vergelijkingsgebieden))
    if dubbel:
        yield f"inhoud: '{dubbel[0]}' is pilotgebied én vergelijkingsgebied; kies één van beide"
    vreemd = sorted(set(plan.startperioden) - set(plan.pilotgebieden))
    yield from (f"inhoud.startperioden: '{g}' is geen gebied met de pilot" for g in vreemd)
    ritmes = {len(p.partition("-")[2]) for p in (plan.startperiode, *plan.startperioden.values())}
    if len(ritmes) > 1:
        yield "inhoud.startperioden: schrijf elk begin op dezelfde manier, alleen jaren, halfjaren of kwartalen"
    bekend = {*plan.gebieden(), *(g for s in plan.samenvoegingen for g in s.oud)}
    yield from (f"inhoud.codes: '{g}' staat niet bij de gebieden" for g in sorted(set(plan.codes) - bekend))
    codes = Counter(plan.codes.values())
    yield from (f"inhoud.codes: code {c} staat bij twee gebieden" for c, n in codes.items() if n > 1)
    los = sorted({s.nieuw for s in plan.samenvoegingen} - set(plan.gebieden()))
    yield from (f"inhoud.samenvoegingen: '{g}' staat niet bij de gebieden" for g in los)
