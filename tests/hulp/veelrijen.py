"""Many rows of everything: copies of what is in a round, with all that hangs on it, whatever tables there are.

`vermeerder(loper, n)` adds n copies of one coalition (with its proposal, scores, plan, pilot …), of one assessor, of
one organisation, and of each single row of the tables that people fill: questions, documents, comments, versions.
It reads the foreign keys from the model, so that a new table is copied without a line here.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select
from sqlmodel import SQLModel

from aanbesteding.model import Aansluitverzoek, Opmerking

Rijen = dict[str, dict[int, Mapping[str, Any]]]
TABELLEN: dict[str, Table] = {t.name: t for t in SQLModel.metadata.sorted_tables}
LOS = ("vraag", "document", "logregel", "bericht", "opmerking", "concept", "indiening", "websessie", "collegevraag",
       "adviesuren", "aansluitverzoek", "collegestuk", "meetplanversie", "voortgang",
       "meetwaarde", "bestand")  # fmt: skip
"""Tables of which single rows are copied too, beside those that come along with a coalition."""
EIGEN_NAAM = {"sleutel": ("coalitie", "organisatie", "deelnemer"), "kenmerk": ("document",), "email": ("persoon",),
              "message_id": ("bericht",),
              "sleutelhash": ("websessie",), "sha256": ("document", "bestand")}  # fmt: skip
GENUMMERD = {"nummer": ("voorstel", "vraag"), "volgnummer": ("logregel",)}


def vermeerder(loper: Any, n: int) -> None:
    with loper.motor.execution_options(schrijft=True).begin() as v:
        _zaai(v)
        paren = (("coalitie", "lange-tafel"), ("organisatie", "reparatiecafe"))
        takken = {s: _takken(v, t, _id(v, t, "sleutel", s)) for t, s in paren}
        mens = _rij(v, "deelnemer", _id(v, "deelnemer", "sleutel", "els-van-dalfsen"))["persoon_id"]
        takken["mens"] = _takken(v, "persoon", mens)  # before copying: not every new one scores every new proposal
        for merk, tak in takken.items():
            _kopieer(v, tak, n, merk)
        for naam in LOS:
            _kopieer_rij(v, naam, n)


def _id(v: Connection, tabel: str, kolom: str, waarde: str) -> int:
    t = TABELLEN[tabel]
    gevonden = v.execute(select(t.c.id).where(t.c[kolom] == waarde)).scalar()
    assert gevonden is not None, (tabel, waarde)
    return int(gevonden)


def _zaai(v: Connection) -> None:
    """One row where the stages have none, so that there is something to copy."""
    groep = v.execute(select(TABELLEN["coalitie"])).mappings().first()
    if groep is None:
        return
    basis = {"coalitie_id": groep["id"], "deelnemer_id": groep["penvoerder_id"]}
    nu = groep["gevormd_op"]
    for model, velden in (
        (Opmerking, {"onderdeel": "aanpak", "tekst": "Wie doet dit?", "passage": "", "geplaatst_op": nu}),
        (Aansluitverzoek, {"tekst": "Mag ik meedoen?", "gevraagd_op": nu, "organisatie_id": 1, "stand": "open"}),
    ):
        t = TABELLEN[model.__tablename__]
        heel = basis | {k: w for k, w in velden.items() if k in t.c}
        ontbreekt = [c.name for c in t.c if not c.nullable and c.name != "id" and c.name not in heel]
        heel |= {c: "" if TABELLEN[t.name].c[c].type.python_type is str else 0 for c in ontbreekt}
        v.execute(insert(t).values(heel))


def _takken(v: Connection, tabel: str, nummer: int) -> Rijen:
    """This row and every row that hangs on it, by table and id."""
    uit: Rijen = defaultdict(dict)
    uit[tabel] = {nummer: _rij(v, tabel, nummer)}
    for t in TABELLEN.values():
        for kolom in t.c:
            for sleutel in kolom.foreign_keys:
                ouders = list(uit.get(sleutel.column.table.name, {}))
                if ouders and "id" in t.c:
                    for rij in v.execute(select(t).where(kolom.in_(ouders))).mappings():
                        uit[t.name][rij["id"]] = dict(rij)
    return uit


def _rij(v: Connection, tabel: str, nummer: int) -> Mapping[str, Any]:
    t = TABELLEN[tabel]
    return dict(v.execute(select(t).where(t.c.id == nummer)).mappings().one())


def _hoogste(v: Connection, tabel: str, kolom: str) -> int:
    return int(v.execute(select(func.max(TABELLEN[tabel].c[kolom]))).scalar() or 0)


def _kopieer(v: Connection, takken: Rijen, n: int, merk: str) -> None:
    eerste = {t: _hoogste(v, t, "id") + 1 for t in takken}
    nummers = {(t, k): _hoogste(v, t, k) for k, ts in GENUMMERD.items() for t in ts if t in takken}
    erbij: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for i in range(n):
        nieuw = {(t, oud): eerste[t] + i * len(rijen) + p for t, rijen in takken.items() for p, oud in enumerate(rijen)}
        for naam, rijen in takken.items():
            for oud, rij in rijen.items():
                kopie = dict(rij) | {"id": nieuw[naam, oud]}
                for kolom in TABELLEN[naam].c:
                    for sleutel in kolom.foreign_keys:
                        ouder = (sleutel.column.table.name, kopie[kolom.name])
                        kopie[kolom.name] = nieuw.get(ouder, kopie[kolom.name])
                kopie |= _eigen_naam(naam, kopie, f"{merk[:3]}{i}")
                for kolom_, tabellen in GENUMMERD.items():
                    if naam in tabellen:
                        nummers[naam, kolom_] += 1
                        kopie[kolom_] = nummers[naam, kolom_]
                erbij[naam].append(kopie)
    for naam, tabel in TABELLEN.items():
        if erbij[naam]:
            v.execute(insert(tabel), erbij[naam])


def _eigen_naam(naam: str, rij: Mapping[str, Any], merk: str) -> dict[str, str]:
    """The unique texts of a copy."""
    return {k: f"{str(rij[k])[:40]}-{merk}" for k, tabellen in EIGEN_NAAM.items() if naam in tabellen}


def _kopieer_rij(v: Connection, naam: str, n: int) -> None:
    """Copies of the first row, each with its own version, number or name."""
    t = TABELLEN[naam]
    bron = v.execute(select(t).order_by(t.c.id)).mappings().first()
    if bron is None:
        return
    vrij, hoogste = (
        _hoogste(v, naam, "id"),
        {k: _hoogste(v, naam, k) for k in ("versie", "nummer", "volgnummer") if k in t.c},
    )
    uit = []
    for i in range(1, n + 1):
        eigen = {"id": vrij + i} | {k: h + i for k, h in hoogste.items()}
        uit.append(dict(bron) | eigen | _eigen_naam(naam, bron, f"los{i}"))
    v.execute(insert(t), uit)


__all__ = ["vermeerder"]
