"""The conditions of every gate: each answers with blockers in Dutch that say who owes what.

Assessors appear here as "Beoordelaar B" and never with a name or a value, because this list is shown to
everyone who works on the round.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from ..kern import rangschikking as kern
from ..kern import vraagtoets
from ..kern.notatie import datum, meervoud, opsomming
from ..kern.toewijzing import ToewijzingError
from ..model import (
    Adviesvraag,
    Besluit,
    Coalitie,
    Collegestuk,
    Duidingsversie,
    Eindevaluatie,
    Indiening,
    Kluisopening,
    Loting,
    Meetplanversie,
    Organisatie,
    Plan,
    Planoordeel,
    Ronde,
    Vergewisverklaring,
    Voorstel,
    Voortgang,
    Vraag,
)
from ..procedure import Rol
from ..regels import Opgave, Regels
from ..termijnen import feestdag, naar_amsterdam
from . import beoordelen, meten, toewijzen, vind


@dataclass(frozen=True)
class Blokkade:
    """What keeps a gate shut, in one Dutch sentence, and which role can mend it.

    `voorwaarde` is the name of the condition that says so: pages link from it to where it can be mended.
    """

    tekst: str
    wie: Rol
    voorwaarde: str = ""


@dataclass(frozen=True)
class Vraagstelling:
    """A condition's question: this round, this repetition of the gate, its moment, seen at `nu`."""

    session: Session
    ronde: Ronde
    regels: Regels
    nummer: int
    moment: datetime
    nu: datetime


Voorwaarde = Callable[[Vraagstelling], list[Blokkade]]


def letters(session: Session, ronde: Ronde) -> dict[int, str]:
    """Participant id → "Beoordelaar A" …, in order of key: the only way assessors appear in public."""
    wie = vind.met_rol(session, ronde, Rol.BEOORDELAAR)
    return {vind.sid(d.id): f"Beoordelaar {chr(65 + i) if i < 26 else i + 1}" for i, d in enumerate(wie)}


def _blok(teksten: list[str], wie: Rol) -> list[Blokkade]:
    return [Blokkade(t, wie) for t in teksten]


def bezwaren_vraagtoets(opgaven: Iterable[Opgave]) -> list[str]:
    """What the question check holds against the questions of this call, in Dutch; also used on a round folder."""
    teksten = []
    for o in opgaven:
        vraag = vraagtoets.Vraag(
            doelgroep=o.doelgroep,
            gebied=o.gebied,
            uitkomst=o.uitkomst,
            richting_of_hoeveelheid=o.richting,
            meetwijze=o.meetwijze,
            nulstand=o.nulstand,
            afbakening=o.afbakening,
            tekst=o.vraag,
        )
        bevindingen = vraagtoets.toets_vraag(vraag)
        teksten += [
            f"Opgave '{o.titel}', {b.veld}: {b.tekst} Voorbeeld: {b.voorbeeld}"
            for b in bevindingen
            if b.ernst == "blokkeert"
        ]
    return teksten


def _vraagtoets(v: Vraagstelling) -> list[Blokkade]:
    return _blok(bezwaren_vraagtoets(v.regels.opgaven), Rol.PROJECTLEIDER)


def _team_compleet(v: Vraagstelling) -> list[Blokkade]:
    nodig = (Rol.PROJECTLEIDER, Rol.TWEEDE, Rol.VOORZITTER, Rol.WETHOUDER, Rol.JURIST, Rol.BEOORDELAAR)
    teksten = [f"Er is nog geen {rol.value} aangewezen." for rol in nodig if not vind.met_rol(v.session, v.ronde, rol)]
    beoordelaars = vind.met_rol(v.session, v.ronde, Rol.BEOORDELAAR)
    afdelingen, eis = {b.afdeling for b in beoordelaars}, v.regels.beoordeling.minimum_afdelingen
    if beoordelaars and len(afdelingen) < eis:
        teksten.append(
            f"De beoordelaars komen uit {meervoud(len(afdelingen), 'afdeling', 'afdelingen')}; nodig zijn er {eis}."
        )
    dubbel = {b.sleutel for b in beoordelaars} & {
        p.sleutel for p in vind.met_rol(v.session, v.ronde, Rol.PROJECTLEIDER)
    }
    teksten += [f"'{s}' is projectleider én beoordelaar. Kies één van beide." for s in sorted(dubbel)]
    return _blok(teksten, Rol.PROJECTLEIDER)


def _termijnen_kloppen(v: Vraagstelling) -> list[Blokkade]:
    """Announced deadlines fall on working days (domein.md L9); a rehearsal of the past keeps its real dates."""
    teksten = []
    for naam in (
        "publicatie",
        "vragen_tot",
        "adviesmomenten",
        "sluiting",
        "herstel_tot",
        "beoordeling_tot",
        "plannen_tot",
    ):
        for moment in vind.momenten(v.regels, naam):
            dag = naar_amsterdam(moment).date()
            if dag.weekday() >= 5 or feestdag(dag):
                reden = feestdag(dag) or "een dag in het weekend"
                teksten.append(f"'{naam}' valt op {datum(dag)}: {reden}. Kies een werkdag.")
    return _blok(teksten, Rol.PROJECTLEIDER)


def _collegetekst(soort: str) -> Voorwaarde:
    def voorwaarde(v: Vraagstelling) -> list[Blokkade]:
        vraag = select(Collegestuk).where(Collegestuk.ronde_id == v.ronde.id, Collegestuk.soort == soort)
        klaar = v.session.exec(vraag).first()
        return (
            []
            if klaar
            else _blok([f"De tekst van het collegevoorstel ({soort}) is nog niet geschreven."], Rol.PROJECTLEIDER)
        )

    return voorwaarde


def _besluit(soort: str) -> Voorwaarde:
    def voorwaarde(v: Vraagstelling) -> list[Blokkade]:
        vraag = select(Besluit).where(Besluit.ronde_id == v.ronde.id, Besluit.soort == soort)
        laatste = v.session.exec(vraag.order_by(col(Besluit.versie).desc())).first()
        if laatste is None:
            return _blok([f"Het college heeft nog niet besloten ({soort})."], Rol.WETHOUDER)
        if laatste.uitkomst == "aangehouden":
            return _blok([f"Het college heeft het besluit ({soort}) aangehouden: {laatste.tekst}"], Rol.WETHOUDER)
        return []

    return voorwaarde


def _uitnodigingen_klaar(v: Vraagstelling) -> list[Blokkade]:
    er_is = v.session.exec(select(Organisatie).where(Organisatie.ronde_id == v.ronde.id)).first()
    return [] if er_is else _blok(["Er zijn nog geen organisaties om uit te nodigen."], Rol.PROJECTLEIDER)


def _vragen_beantwoord(v: Vraagstelling) -> list[Blokkade]:
    vraag = select(Vraag).where(Vraag.ronde_id == v.ronde.id, col(Vraag.nota).is_(None), Vraag.gesteld_op <= v.moment)
    openstaand = [f"vraag {q.nummer}" for q in v.session.exec(vraag.order_by(col(Vraag.nummer))) if not q.antwoord]
    return _blok([f"Nog niet beantwoord: {opsomming(openstaand)}."] if openstaand else [], Rol.PROJECTLEIDER)


def _advies_mogelijk(v: Vraagstelling) -> list[Blokkade]:
    vragen = v.session.exec(select(Adviesvraag).join(Coalitie).where(Coalitie.ronde_id == v.ronde.id)).first()
    adviseurs = vind.met_rol(v.session, v.ronde, Rol.ADVISEUR)
    if vragen and not adviseurs:
        return _blok(["Coalities vragen om een adviseur, maar er is geen adviseur aangewezen."], Rol.PROJECTLEIDER)
    return []


def _voorstellen_ontvangen(v: Vraagstelling) -> list[Blokkade]:
    """Says only that there is none: how many there are stays sealed until the closing."""
    vraag = (
        select(Indiening).join(Coalitie).where(Coalitie.ronde_id == v.ronde.id, col(Indiening.ingetrokken_op).is_(None))
    )
    if v.nu < v.moment or v.session.exec(vraag).first():
        return []
    return _blok(["Er is geen enkel voorstel ontvangen. Trek de ronde in, of begin opnieuw."], Rol.WETHOUDER)


def _kluis_geopend(v: Vraagstelling) -> list[Blokkade]:
    open_ = v.session.exec(select(Kluisopening).where(Kluisopening.ronde_id == v.ronde.id)).first()
    return [] if open_ else _blok(["De kluis is nog dicht. Twee personen openen hem samen."], Rol.PROJECTLEIDER)


def _vorm_beoordeeld(v: Vraagstelling) -> list[Blokkade]:
    zonder = [c.naam for s, c in vind.voorstellen(v.session, v.ronde) if s.ontvankelijk is None]
    return _blok([f"Nog niet op vorm beoordeeld: {opsomming(zonder)}."] if zonder else [], Rol.PROJECTLEIDER)


def _belangen_verklaard(v: Vraagstelling) -> list[Blokkade]:
    verklaard, namen = beoordelen.belangen(v.session, v.ronde), letters(v.session, v.ronde)
    stand = vind.ontvankelijke(v.session, v.ronde)
    per = {naam: sum((vind.sid(s.id), wie) not in verklaard for s, _ in stand) for wie, naam in namen.items()}
    return _blok(
        [
            f"{naam} moet nog {meervoud(n, 'belangenverklaring', 'belangenverklaringen')} afgeven."
            for naam, n in per.items()
            if n
        ],
        Rol.BEOORDELAAR,
    )


def _toewijzing_mogelijk(v: Vraagstelling) -> list[Blokkade]:
    if _belangen_verklaard(v):
        return []
    try:
        toewijzen.bereken(v.session, v.ronde, v.regels)
    except ToewijzingError as fout:
        return _blok([str(fout)], Rol.PROJECTLEIDER)
    return []


def _scores_vergrendeld(v: Vraagstelling) -> list[Blokkade]:
    namen = letters(v.session, v.ronde)
    nummer = {vind.sid(s.id): s.nummer for s, _ in vind.voorstellen(v.session, v.ronde)}
    alle = beoordelen.toewijzingen(v.session, v.ronde)
    wacht = [t for t in alle if t.vergrendeld_op is None]
    if not wacht:
        return []
    per = {
        namen[w]: [str(nummer[t.voorstel_id]) for t in wacht if t.beoordelaar_id == w]
        for w in {t.beoordelaar_id for t in wacht}
    }
    wie = [f"{naam} bij voorstel {opsomming(nrs)}" for naam, nrs in sorted(per.items())]
    return _blok(
        [f"{len(wacht)} van {len(alle)} beoordelingen zijn nog niet vergrendeld: {'; '.join(wie)}."],
        Rol.BEOORDELAAR,
    )


def _consensus_compleet(v: Vraagstelling) -> list[Blokkade]:
    """The consensus mark where the call says so; under the mean only where the spread must be discussed."""
    gegeven = beoordelen.consensus(v.session, v.ronde)
    alle = [(c.sleutel, k.sleutel) for _, c in vind.ontvankelijke(v.session, v.ronde) for k in v.regels.criteria]
    if v.regels.verdeling.score_op == "gemiddelde":
        grens = v.regels.verdeling.spreiding_bespreken
        groot = {k for k, s in beoordelen.spreiding(v.session, v.ronde).items() if s >= grens}
        alle = [k for k in alle if k in groot]
    mist = [k for k in alle if k not in gegeven]
    if mist:
        coalities = sorted({c for c, _ in mist})
        return _blok(
            [f"{len(mist)} van {len(alle)} gezamenlijke scores ontbreken, bij: {opsomming(coalities)}."],
            Rol.VOORZITTER,
        )
    if _scores_vergrendeld(v):
        return []
    try:
        beoordelen.rangschik(v.session, v.ronde, v.regels)
    except kern.RangschikkingError as fout:
        return _blok([str(fout)], Rol.VOORZITTER)
    return []


def _oordelen_geschreven(v: Vraagstelling) -> list[Blokkade]:
    klaar = beoordelen.oordelen(v.session, v.ronde)
    mist = [c.naam for _, c in vind.ontvankelijke(v.session, v.ronde) if c.sleutel not in klaar]
    return _blok([f"Er is nog geen gezamenlijk oordeel over: {opsomming(mist)}."] if mist else [], Rol.VOORZITTER)


def _loting_getrokken(v: Vraagstelling) -> list[Blokkade]:
    er_is = v.session.exec(select(Loting).where(Loting.ronde_id == v.ronde.id)).first()
    namen = opsomming(beoordelen.te_loten(v.session, v.ronde))
    return [] if er_is else _blok([f"Gelijke stand op de grens: {namen}. Trek het lot, met twee getuigen."], Rol.JURIST)


def _vergewis_ondertekend(v: Vraagstelling) -> list[Blokkade]:
    er_is = v.session.exec(select(Vergewisverklaring).where(Vergewisverklaring.ronde_id == v.ronde.id)).first()
    return [] if er_is else _blok(["De vergewisverklaring is nog niet ondertekend."], Rol.JURIST)


def _plannen_beoordeeld(v: Vraagstelling) -> list[Blokkade]:
    """The newest plan of every selected coalition, in one statement for all of them."""
    vraag = (
        select(Plan, Planoordeel.id)
        .join(Voorstel, col(Plan.voorstel_id) == Voorstel.id)
        .join(Planoordeel, col(Planoordeel.plan_id) == Plan.id, isouter=True)
        .where(Voorstel.ronde_id == v.ronde.id)
    )
    nieuwste = {p.voorstel_id: (p.versie, oordeel) for p, oordeel in v.session.exec(vraag.order_by(col(Plan.versie)))}
    uit: list[Blokkade] = []
    for s, c in vind.geselecteerde(v.session, v.ronde):
        versie, oordeel = nieuwste.get(vind.sid(s.id), (0, None))
        if not versie:
            uit.append(Blokkade(f"'{c.naam}' heeft nog geen plan ingediend.", Rol.PENVOERDER))
        elif oordeel is None:
            tekst = f"Het plan van '{c.naam}' (versie {versie}) is nog niet beoordeeld."
            uit.append(Blokkade(tekst, Rol.PROJECTLEIDER))
    return uit


def _meetplannen_klaar(v: Vraagstelling) -> list[Blokkade]:
    vraag = select(Meetplanversie.voorstel_id).join(Voorstel).where(Voorstel.ronde_id == v.ronde.id)
    klaar = set(v.session.exec(vraag))
    mist = [c.naam for s, c in vind.geselecteerde(v.session, v.ronde) if s.id not in klaar]
    return _blok([f"Er is nog geen meetplan voor: {opsomming(mist)}."] if mist else [], Rol.PROJECTLEIDER)


def _voortgang_ingeleverd(v: Vraagstelling) -> list[Blokkade]:
    vraag = select(Voortgang.pilot_id).where(Voortgang.nummer == v.nummer)
    klaar = set(v.session.exec(vraag))
    mist = [c.naam for p, _, c in vind.pilots(v.session, v.ronde) if p.id not in klaar]
    return _blok([f"Voortgang {v.nummer} ontbreekt van: {opsomming(mist)}."] if mist else [], Rol.PENVOERDER)


def _metingen_compleet(v: Vraagstelling) -> list[Blokkade]:
    teksten = meten.ontbreekt(v.session, v.ronde, nummer=v.nummer, moment=v.moment)
    return _blok(teksten, Rol.PROJECTLEIDER)


def _duiding_geschreven(v: Vraagstelling) -> list[Blokkade]:
    """From the second moment on: at the nulmeting there is nothing to explain yet."""
    if v.nummer == 1:
        return []
    klaar = set(v.session.exec(select(Duidingsversie.pilot_id).where(Duidingsversie.nummer == v.nummer)))
    mist = [c.naam for p, _, c in vind.pilots(v.session, v.ronde) if p.id not in klaar]
    return _blok(
        [f"Bij meting {v.nummer} ontbreekt de duiding van: {opsomming(mist)}."] if mist else [],
        Rol.PROJECTLEIDER,
    )


def _evaluatie_geschreven(v: Vraagstelling) -> list[Blokkade]:
    er_is = v.session.exec(select(Eindevaluatie).where(Eindevaluatie.ronde_id == v.ronde.id)).first()
    return [] if er_is else _blok(["De eindevaluatie is nog niet geschreven."], Rol.PROJECTLEIDER)


VOORWAARDEN: dict[str, Voorwaarde] = {
    "vraagtoets": _vraagtoets,
    "team_compleet": _team_compleet,
    "termijnen_kloppen": _termijnen_kloppen,
    "collegetekst_start": _collegetekst("startvoorstel"),
    "collegetekst_selectie": _collegetekst("selectie"),
    "collegetekst_plannen": _collegetekst("plannen"),
    "besluit_vrijgave": _besluit("vrijgave"),
    "besluit_selectie": _besluit("selectie"),
    "besluit_plannen": _besluit("plannen"),
    "uitnodigingen_klaar": _uitnodigingen_klaar,
    "vragen_beantwoord": _vragen_beantwoord,
    "advies_mogelijk": _advies_mogelijk,
    "voorstellen_ontvangen": _voorstellen_ontvangen,
    "kluis_geopend": _kluis_geopend,
    "vorm_beoordeeld": _vorm_beoordeeld,
    "belangen_verklaard": _belangen_verklaard,
    "toewijzing_mogelijk": _toewijzing_mogelijk,
    "scores_vergrendeld": _scores_vergrendeld,
    "consensus_compleet": _consensus_compleet,
    "oordelen_geschreven": _oordelen_geschreven,
    "loting_getrokken": _loting_getrokken,
    "vergewis_ondertekend": _vergewis_ondertekend,
    "plannen_beoordeeld": _plannen_beoordeeld,
    "meetplannen_klaar": _meetplannen_klaar,
    "voortgang_ingeleverd": _voortgang_ingeleverd,
    "metingen_compleet": _metingen_compleet,
    "duiding_geschreven": _duiding_geschreven,
    "evaluatie_geschreven": _evaluatie_geschreven,
}

ALLEEN_ALS: dict[str, Callable[[Session, Ronde], bool]] = {
    "gelijke_stand_op_de_grens": lambda session, ronde: bool(beoordelen.te_loten(session, ronde)),
}
