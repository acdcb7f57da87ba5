"""A table whose rows differ in width cannot be read out: the reader loses which header belongs to which cell."""

from collections.abc import Iterator

from aanbesteding.fouten import Invoerfout

from .knoop import Knoop

_GROEPEN = ("THead", "TBody", "TFoot")


def controleer_tabellen(document: Knoop) -> None:
    """Raises Invoerfout that names each table with rows of different widths (PDF/UA-1, 7.5)."""
    tabellen = (knoop for knoop in _alle(document) if knoop.rol == "Table")
    fouten = [fout for nummer, tabel in enumerate(tabellen, start=1) if (fout := _fout(tabel, nummer))]
    if fouten:
        raise Invoerfout(fouten)


def _alle(knoop: Knoop) -> Iterator[Knoop]:
    yield knoop
    for kind in knoop.inhoud:
        if isinstance(kind, Knoop):
            yield from _alle(kind)


def _fout(tabel: Knoop, nummer: int) -> str:
    breedtes = [breedte for groep in _rijgroepen(tabel) for breedte in _breedtes(groep)]
    anders = [(rij, breedte) for rij, breedte in enumerate(breedtes, start=1) if breedte != breedtes[0]]
    if not anders:
        return ""
    rij, breedte = anders[0]
    return (
        f"tabel {nummer}: rij {rij} heeft {breedte} kolommen en rij 1 heeft er {breedtes[0]}. "
        "Geef elke rij van een tabel evenveel kolommen"
    )


def _rijgroepen(tabel: Knoop) -> Iterator[list[Knoop]]:
    """The rows of each part of the table; a cell never spans from one part into another."""
    kinderen = [kind for kind in tabel.inhoud if isinstance(kind, Knoop)]
    yield [kind for kind in kinderen if kind.rol == "TR"]
    for groep in (kind for kind in kinderen if kind.rol in _GROEPEN):
        yield [kind for kind in groep.inhoud if isinstance(kind, Knoop)]


def _breedtes(rijen: list[Knoop]) -> list[int]:
    """Columns of each row; a cell of several rows counts in each of them."""
    breedtes = [0] * len(rijen)
    for nummer, rij in enumerate(rijen):
        for cel in (kind for kind in rij.inhoud if isinstance(kind, Knoop)):
            maten = cel.kenmerken.get("A", {})
            for onder in range(nummer, min(nummer + maten.get("RowSpan", 1), len(rijen))):
                breedtes[onder] += maten.get("ColSpan", 1)
    return breedtes
