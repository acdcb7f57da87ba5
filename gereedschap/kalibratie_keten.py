"""The chain as people use it: rows → CSV → SQLite file → panel and design → verdict."""

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine, delete
from sqlmodel import Session, SQLModel, create_engine

from aanbesteding.inhoud import Meetplan
from aanbesteding.kern import effect, perioden
from aanbesteding.kern.effect_typen import Oordeel
from aanbesteding.meetbronnen.keuzes import raad
from aanbesteding.meetbronnen.lezen import lees
from aanbesteding.meetbronnen.toetsen import toets_rijen
from aanbesteding.model import Meetwaarde, Pilot
from aanbesteding.overzichten import meten
from aanbesteding.overzichten.meetopzet import opzet
from aanbesteding.tabellen import lees_tabel

KOP = ["indicator", "gebied", "periode", "waarde", "respondenten", "bron"]
INGEVOERD = datetime(2020, 1, 1, tzinfo=UTC)
Rijen = dict[str, pd.DataFrame]


def rechtstreeks(plan: Meetplan, rijen: Rijen, *, laatste: bool, tweede_mening: bool = False) -> dict[str, Oordeel]:
    """The verdicts from the rows through plan, panel and design; without file and database, for many draws."""
    invoer = {i.sleutel: opzet(plan, i, rijen[i.sleutel], laatste=laatste) for i in plan.indicatoren}
    kaal = {k: (panel.drop(columns="bron"), ontwerp) for k, (panel, ontwerp) in invoer.items()}
    return effect.oordelen(kaal, tweede_mening=tweede_mening)


def als_csv(rijen: Rijen) -> str:
    """One file as a colleague would hand it in: semicolons and decimal commas."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";")
    schrijver.writerow(KOP)
    for sleutel, tabel in rijen.items():
        for r in tabel.to_dict("records"):
            n = "" if pd.isna(r["n"]) else f"{r['n']:.0f}"
            waarde = f"{r['waarde']:.6f}".replace(".", ",")
            schrijver.writerow([sleutel, r["gebied"], r["periode"], waarde, n, r["bron"]])
    return uit.getvalue()


def lees_in(pad: Path, plan: Meetplan, dag: date) -> Iterator[Meetwaarde]:
    """Our own importer with its checks; what it calls a fault stops the calibration."""
    tabel = lees_tabel(pad)
    gelezen = lees(tabel, raad(tabel, plan), plan)
    getoetst = toets_rijen(gelezen.rijen, plan, {}, dag)
    if fouten := [*(o.zin() for o in gelezen.opmerkingen if o.ernst == "fout"), *getoetst.fouten]:
        raise ValueError(fouten[0])
    for w in getoetst.nieuw:
        yield Meetwaarde(
            pilot_id=1, indicator=w.indicator, gebied=w.gebied, periode=w.periode, versie=1, waarde=w.waarde,
            respondenten=w.respondenten, bron=w.bron, onderdrukt=w.onderdrukt, ingevoerd_op=INGEVOERD,
        )  # fmt: skip


@contextmanager
def database(pad: Path) -> Iterator[Engine]:
    """A real SQLite file with our tables and one pilot; parents of the pilot are left out on purpose."""
    motor = create_engine(f"sqlite:///{pad}")
    SQLModel.metadata.create_all(motor)
    with Session(motor) as session:
        session.add(Pilot(id=1, voorstel_id=1, bedrag_cent=1, start_op=datetime(2012, 1, 1, tzinfo=UTC)))
        session.commit()
    try:
        yield motor
    finally:
        motor.dispose()


def door_de_keten(
    motor: Engine, plan: Meetplan, rijen: Rijen, *, laatste: bool, tweede_mening: bool = False
) -> dict[str, Oordeel]:
    """Writes a CSV file, reads it in, keeps it in the database, reads it back as the gate does, and judges."""
    laatste_golf = perioden.sorteer({p for tabel in rijen.values() for p in tabel["periode"]})[-1]
    dag = perioden.einde(laatste_golf)
    with tempfile.TemporaryDirectory() as map_, Session(motor) as session:
        pad = Path(map_) / "metingen.csv"
        pad.write_text(als_csv(rijen), "utf-8")
        session.execute(delete(Meetwaarde))
        session.add_all(lees_in(pad, plan, dag))
        session.commit()
    moment = datetime(dag.year, dag.month, dag.day, 12, tzinfo=UTC)
    with Session(motor) as session:
        pilot = session.get_one(Pilot, 1)
        return meten.oordelen(session, pilot, plan, moment, laatste=laatste, tweede_mening=tweede_mening)
