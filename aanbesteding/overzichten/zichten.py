"""What inzage gives back: plain values, already without everything that this person may not see."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Voorstelzicht:
    """A proposal as this person may read it; `verborgen` names what was left out, in Dutch."""

    coalitie: str
    naam: str
    partners: tuple[str, ...]
    inhoud: dict[str, Any]
    verborgen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conceptzicht:
    """What a coalition prepares together with its adviser; never the sealed submission."""

    coalitie: str
    naam: str
    opgave: str
    idee: str
    partners: tuple[str, ...]
    hulpvraag: str


@dataclass(frozen=True)
class Cijfer:
    """One score under a letter ("u" for the own score); `waarde` None means abstained."""

    wie: str
    criterium: str
    waarde: int | None
    motivering: str


@dataclass(frozen=True)
class Scorezicht:
    """The scores of one proposal that this person may see; `consensus` likewise."""

    coalitie: str
    scores: tuple[Cijfer, ...]
    consensus: tuple[Cijfer, ...]


@dataclass(frozen=True)
class Overzichtsrij:
    """`vergrendeld` of `van` assessments are locked: of oneself for an assessor, of all for who leads."""

    nummer: int
    coalitie: str
    naam: str
    vergrendeld: int
    van: int


@dataclass(frozen=True)
class Overzicht:
    """The proposals that exist for this person. The totals count these rows and no others."""

    rijen: tuple[Overzichtsrij, ...]

    @property
    def vergrendeld(self) -> int:
        return sum(r.vergrendeld for r in self.rijen)

    @property
    def van(self) -> int:
        return sum(r.van for r in self.rijen)


@dataclass(frozen=True)
class Rangrij:
    """`plaats`, `geselecteerd` and `reden` are empty where they would betray a row that was left out."""

    coalitie: str
    totaal: Fraction
    per_criterium: dict[str, Fraction]
    plaats: int | None
    geselecteerd: str
    reden: str


@dataclass(frozen=True)
class Rangordezicht:
    """`volledig` False: rows were left out, and with them places, selection, lots and hash."""

    rijen: tuple[Rangrij, ...]
    te_loten: tuple[str, ...]
    hash: str
    volledig: bool
