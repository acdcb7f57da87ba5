"""A rehearsal: what people did in a round, read from its folder and done again in time-lapse.

A round folder may hold `verloop/**/*.toml` (a list of events) and `verloop/*.csv` (one act a row; the file
is named after the act). Every event goes through `handelingen.doe` with a key made of its file and place, so
that a rehearsal that was killed goes on where it stopped and does nothing twice. Knows nothing of Prefect:
`speel` yields whenever the round must be brought up to date, and the caller decides how.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from .database import lees
from .fouten import Gebruikersfout, Invoerfout
from .handelingen import doe
from .handelingen.basis import ACTIES
from .invoer import bedoelt_u, lees_toml, vertaal
from .model import Advies, Coalitie, Deelnemer, Verwerkt
from .overzichten import vind
from .overzichten.stand import volgende
from .procedure import PROCEDURE
from .rondemap import lees_rondemap
from .tabellen import lees_tabel
from .termijnen import amsterdam

VASTE_KOLOMMEN = ("moment", "wie")
INDIENING = "dien_in"
"""An act after which a receipt is due."""
ADVISEUR = "adviseur"
"""Literally this word in `wie`: the adviser who was allocated to that coalition."""


@dataclass(frozen=True)
class Gebeurtenis:
    """One thing that someone did. `plek` names file and event for messages, `sleutel` makes it once-only."""

    sleutel: str
    plek: str
    moment: datetime
    wie: str
    handeling: str
    gegevens: dict[str, Any]


@dataclass(frozen=True)
class Stap:
    """The clock stands at `moment`, where these `handelingen` were done; `klaar` of `totaal` events in all."""

    moment: datetime
    handelingen: frozenset[str]
    klaar: int
    totaal: int
    werk_bij: bool
    """A gate can be passed now or a receipt is due: then the caller brings the round up to date before going on."""


# ---------------------------------------------------------------- reading


def lees_verloop(rondemap: Path) -> list[Gebeurtenis]:
    """All events of a round folder, by moment (in order of file and place where moments are equal).

    Raises Invoerfout with every fault of every file, each with its file and event number.
    """
    wortel = rondemap / "verloop"
    if not wortel.is_dir():
        raise Invoerfout("de map 'verloop' ontbreekt; een oefenronde leest daarin wat mensen deden", waar=rondemap.name)
    fouten: list[str] = []
    uit: list[Gebeurtenis] = []
    for pad in sorted(p for p in wortel.rglob("*") if p.suffix in (".toml", ".csv")):
        naam = pad.relative_to(rondemap).as_posix()
        try:
            rijen = _rijen_toml(pad) if pad.suffix == ".toml" else _rijen_csv(pad)
        except Gebruikersfout as fout:
            fouten += str(fout).splitlines()
            continue
        for nummer, plek, rij in rijen:
            gebeurtenis = _lees_gebeurtenis(f"{naam}#{nummer}", f"{naam}, {plek}", rij, fouten)
            uit += [gebeurtenis] if gebeurtenis else []
    if not fouten:
        fouten = _fouten_wie(rondemap, uit)
    if fouten:
        raise Invoerfout(fouten, waar=rondemap.name)
    return sorted(uit, key=lambda g: g.moment)


def _rijen_toml(pad: Path) -> list[tuple[int, str, dict[str, Any]]]:
    gegevens = lees_toml(pad)
    teveel = set(gegevens) - {"gebeurtenis"}
    if teveel:
        raise Invoerfout(f"de sleutel '{sorted(teveel)[0]}' bestaat niet; gebruik [[gebeurtenis]]", waar=pad.name)
    lijst = gegevens.get("gebeurtenis", [])
    if not isinstance(lijst, list):
        raise Invoerfout("schrijf [[gebeurtenis]] met dubbele haken", waar=pad.name)
    return [(n, f"gebeurtenis {n}", rij) for n, rij in enumerate(lijst, 1)]


def _rijen_csv(pad: Path) -> list[tuple[int, str, dict[str, Any]]]:
    """One event a row; the name of the file is the name of the act, an empty cell is a parameter not given."""
    if pad.stem not in ACTIES:
        raise Invoerfout(f"'{pad.stem}' is geen handeling. {bedoelt_u(pad.stem, ACTIES)}", waar=pad.name)
    tabel = lees_tabel(pad)
    velden = list(ACTIES[pad.stem].parameters.model_fields)
    fouten = tabel.eis_kolommen(VASTE_KOLOMMEN, [*VASTE_KOLOMMEN, *velden])
    if fouten:
        raise Invoerfout(fouten, waar=pad.name)
    return [(r.nummer, f"rij {r.nummer}", {**_ja_nee(r.cellen), "handeling": pad.stem}) for r in tabel.rijen]


def _ja_nee(cellen: dict[str, str]) -> dict[str, Any]:
    """People type ja and nee in a table; a text that is longer stays text."""
    ja_nee = {"ja": "true", "nee": "false"}
    return {k: ja_nee.get(v, v) if k in ("onthouden", "belang") else v for k, v in cellen.items()}


def _lees_gebeurtenis(sleutel: str, plek: str, rij: dict[str, Any], fouten: list[str]) -> Gebeurtenis | None:
    rest = dict(rij)
    moment, wie, handeling = rest.pop("moment", None), rest.pop("wie", None), rest.pop("handeling", None)
    eigen: list[str] = []
    wanneer = _moment(moment, eigen)
    if not isinstance(wie, str) or not wie:
        eigen.append("wie: ontbreekt; noem de sleutel van een persoon of organisatie")
    if handeling not in ACTIES:
        eigen.append(f"handeling: '{handeling}' bestaat niet. {bedoelt_u(str(handeling), ACTIES)}")
    else:
        eigen += _fouten_parameters(str(handeling), rest)
    fouten += [f"{plek}: {fout}" for fout in eigen]
    if eigen or wanneer is None:
        return None
    return Gebeurtenis(sleutel, plek, wanneer, str(wie), str(handeling), rest)


def _moment(waarde: Any, fouten: list[str]) -> datetime | None:
    """Local time of Amsterdam to an aware moment; a date without an hour is refused."""
    try:
        lokaal = datetime.fromisoformat(waarde) if isinstance(waarde, str) and len(waarde) > 10 else waarde
        if isinstance(lokaal, datetime) and lokaal.tzinfo is None:
            return amsterdam(lokaal.date(), lokaal.time())
    except ValueError as fout:
        fouten.append(f"moment: {fout}")
        return None
    fouten.append("moment: geef een datum met tijd, zonder tijdzone, bijvoorbeeld 2027-02-01T12:00:00")
    return None


def _fouten_parameters(handeling: str, gegevens: dict[str, Any]) -> list[str]:
    """What the act would say about its parameters, before anything has been done."""
    from pydantic import ValidationError

    model = ACTIES[handeling].parameters
    try:
        model.model_validate(gegevens)
    except ValidationError as fout:
        return [f"{handeling}: {vertaal(e, model)}" for e in fout.errors()]
    return []


def _fouten_wie(rondemap: Path, gebeurtenissen: Sequence[Gebeurtenis]) -> list[str]:
    lijsten = lees_rondemap(rondemap)
    bekend = {o.sleutel for o in lijsten.organisaties} | {m.sleutel for m in lijsten.mensen} | {ADVISEUR}
    fout = [g for g in gebeurtenissen if g.wie not in bekend]
    return [f"{g.plek}: wie: '{g.wie}' doet niet mee. {bedoelt_u(g.wie, bekend)}" for g in fout]


# ---------------------------------------------------------------- playing


def speel(
    motor: Engine, kenmerk: str, verloop: Sequence[Gebeurtenis], *, tot: datetime | None = None
) -> Iterator[Stap]:
    """Do every event and visit every announced moment, in order; resumes where an earlier run stopped.

    With `tot` nothing later than that moment is done.

    Yields after each moment; when `werk_bij` is set the caller must bring the round up to date to `moment`
    before asking for the next step. Raises the fault of an act, with its file and event number.
    """
    gedaan, hervat = _voortgang(motor, kenmerk)
    klaar = sum(g.moment < hervat for g in verloop) if hervat else 0
    for moment, groep in _tijdlijn(motor, kenmerk, verloop, hervat):
        if tot is not None and moment > tot:
            return
        for gebeurtenis in groep:
            if gebeurtenis.sleutel not in gedaan:
                _doe(motor, kenmerk, gebeurtenis)
        klaar += len(groep)
        namen = frozenset(g.handeling for g in groep)
        # At the moment where an earlier run stopped, a receipt or mail may still be missing.
        nodig = moment == hervat or INDIENING in namen or _kan_verder(motor, kenmerk, moment)
        yield Stap(moment, namen, klaar, len(verloop), nodig)


def _voortgang(motor: Engine, kenmerk: str) -> tuple[set[str], datetime | None]:
    """Keys of the events that are done, and the last moment at which anything was recorded.

    Everything before that moment is complete. Visiting it again would open a gate at too early a moment.
    """
    with lees(motor) as session:
        ronde = vind.ronde(session, kenmerk)
        gedaan = session.exec(select(Verwerkt).where(Verwerkt.ronde_id == ronde.id)).all()
        momenten = [v.moment for v in gedaan] + [p.moment for p in vind.gepasseerd(session, ronde)]
        return {v.sleutel for v in gedaan}, max(momenten, default=None)


def _tijdlijn(
    motor: Engine, kenmerk: str, verloop: Sequence[Gebeurtenis], hervat: datetime | None
) -> Iterator[tuple[datetime, list[Gebeurtenis]]]:
    """Moments with their events; at one moment the events come first, then the gates.

    The announced moments are read anew at each turn, since a nota van inlichtingen may move them.
    """
    groepen = {m: list(g) for m, g in groupby(sorted(verloop, key=lambda g: g.moment), key=lambda g: g.moment)}
    vorige: datetime | None = None
    while True:
        komend = [m for m in {*groepen, *_poortmomenten(motor, kenmerk)} if vorige is None or m > vorige]
        if hervat:
            komend = [m for m in komend if m >= hervat]
        if not komend:
            return
        vorige = min(komend)
        yield vorige, groepen.get(vorige, [])


def _poortmomenten(motor: Engine, kenmerk: str) -> list[datetime]:
    with lees(motor) as session:
        regels = vind.regels(session, vind.ronde(session, kenmerk))
    return [m for r in PROCEDURE for m in vind.momenten(regels, r.termijn)]


def _doe(motor: Engine, kenmerk: str, g: Gebeurtenis) -> None:
    try:
        gegevens = dict(g.gegevens)
        wie = _adviseur_van(motor, kenmerk, gegevens) if g.wie == ADVISEUR else g.wie
        doe(motor, kenmerk, g.handeling, wie=wie, nu=g.moment, gegevens=gegevens, sleutel=g.sleutel)
    except Gebruikersfout as fout:
        raise type(fout)(f"{g.plek}: {fout}") from fout


def _adviseur_van(motor: Engine, kenmerk: str, gegevens: dict[str, Any]) -> str:
    """Who was allocated to this coalition: the one with most hours, so that hours can be written down."""
    with lees(motor) as session:
        ronde = vind.ronde(session, kenmerk)
        vraag = select(Deelnemer.sleutel).join(Advies).join(Coalitie, col(Advies.coalitie_id) == Coalitie.id)
        vraag = vraag.where(Coalitie.ronde_id == ronde.id, Coalitie.sleutel == gegevens.get("coalitie"))
        gevonden = session.exec(vraag.order_by(col(Advies.uren).desc(), col(Deelnemer.sleutel))).first()
    if gevonden is None:
        raise Invoerfout(f"wie: aan '{gegevens.get('coalitie')}' is nog geen adviseur toegewezen")
    return gevonden


def _kan_verder(motor: Engine, kenmerk: str, moment: datetime) -> bool:
    """The cheap question whether a gate can be passed now."""
    with lees(motor) as session:
        return volgende(session, vind.ronde(session, kenmerk), moment) is not None
