"""A sheet of marks on a page: per criterion what stands in the fields, where that came from, and what is wrong.

The same for the own scores of an assessor and for the agreed marks of the chair. What fills a field, in this
order: what was just typed, a draft that is newer than what is stored, what is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..handelingen.scorevel import Uitkomst, Vakje
from ..model import Concept
from ..overzichten.werkvoorraad import Cel, Opgeslagen
from ..regels import Criterium
from .velden import Velden


@dataclass(frozen=True)
class Blok:
    """One criterion on the sheet. `er` is what is stored; `botst` what another tab stored in between."""

    criterium: Criterium
    waarde: str
    motivering: str
    versie: int
    er: Opgeslagen | None
    botst: Opgeslagen | None = None

    @property
    def stand(self) -> tuple[str, str]:
        """A word and the kind of label."""
        if self.botst:
            return "twee versies", "fout"
        if self.er and (self.er.getypt, self.er.motivering) == (self.waarde, self.motivering):
            return "bewaard", "klaar"
        if self.waarde or self.motivering:
            return "nog niet bewaard", "bezig"
        return "nog leeg", "wacht"


def uit_formulier(coalitie: str, criteria: Sequence[Criterium], velden: Velden) -> list[Vakje]:
    return [
        Vakje(c.sleutel, coalitie, c.sleutel, velden[f"waarde-{c.sleutel}"], velden[f"motivering-{c.sleutel}"],
              velden.getal(f"_versie-{c.sleutel}"))
        for c in criteria
    ]  # fmt: skip


def gevuld(
    coalitie: str, criteria: Sequence[Criterium], er: Mapping[Cel, Opgeslagen], los: Concept | None
) -> list[Blok]:
    """The sheet as somebody comes back to it."""
    blokken = []
    for c in criteria:
        opgeslagen = er.get((coalitie, c.sleutel))
        waarde, reden = (opgeslagen.getypt, opgeslagen.motivering) if opgeslagen else ("", "")
        if los and (opgeslagen is None or los.bewaard_op > opgeslagen.op):
            waarde = str(los.inhoud.get(f"waarde-{c.sleutel}") or waarde)
            reden = str(los.inhoud.get(f"motivering-{c.sleutel}") or reden)
        blokken.append(Blok(c, waarde, reden, opgeslagen.versie if opgeslagen else 0, opgeslagen))
    return blokken


def getypt(
    criteria: Sequence[Criterium], vakjes: Sequence[Vakje], er: Mapping[Cel, Opgeslagen], uit: Uitkomst
) -> list[Blok]:
    """The sheet as it was just sent, after what was sound has been stored."""
    blokken = []
    for c, v in zip(criteria, vakjes, strict=True):
        nu = er.get((v.coalitie, c.sleutel))
        blokken.append(Blok(c, v.waarde, v.motivering, nu.versie if nu else 0, nu, uit.botsingen.get(c.sleutel)))
    return blokken


def fouten_per_veld(uit: Uitkomst) -> dict[str, list[str]]:
    """'waarde: ontbreekt' at criterion effect → {'waarde-effect': ['ontbreekt']}."""
    per: dict[str, list[str]] = {}
    for plek, regels in uit.fouten.items():
        for regel in regels:
            veld, scheiding, zin = regel.partition(": ")
            naam = f"{veld}-{plek}" if scheiding and veld in ("waarde", "motivering") else f"waarde-{plek}"
            per.setdefault(naam, []).append(zin if scheiding else regel)
    for plek in uit.botsingen:
        per.setdefault(f"motivering-{plek}", []).append("in een ander venster staat een andere tekst; kies welke geldt")
    return per


def labels(criteria: Sequence[Criterium]) -> dict[str, str]:
    uit = {f"waarde-{c.sleutel}": f"{c.titel}, score" for c in criteria}
    return uit | {f"motivering-{c.sleutel}": f"{c.titel}, motivering" for c in criteria}


def status(uit: Uitkomst) -> int:
    return 409 if uit.botsingen or uit.gesloten else 422


def eerste_lege(criteria: Sequence[Criterium], er: Mapping[Cel, Opgeslagen]) -> str:
    """The field to go on with: of the first criterion without a stored mark; '' when there is none."""
    gegeven = {criterium for _, criterium in er}
    return next((f"waarde-{c.sleutel}" for c in criteria if c.sleutel not in gegeven), "")
