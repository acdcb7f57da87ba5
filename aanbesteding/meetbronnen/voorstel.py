"""What reading a file with these choices would do: the preview, which changes nothing, and the rows for the act."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..inhoud import Meetplan
from ..regels import canoniek
from .bestand import Inhoud
from .keuzes import Keuzes, bewaarbaar, ontbreekt
from .lezen import Gelezen, lees
from .toetsen import Getoetst, Plek, toets_rijen
from .waarden import Opmerking, Waarneming, zinnen


@dataclass(frozen=True)
class Voorstel:
    """`vragen`: field → what must be chosen first. Without open questions there is a result."""

    inhoud: Inhoud
    keuzes: Keuzes
    vragen: Mapping[str, str]
    gelezen: Gelezen | None = None
    uitkomst: Getoetst | None = None

    @property
    def opmerkingen(self) -> list[Opmerking]:
        if self.gelezen is None or self.uitkomst is None:
            return []
        return [*self.gelezen.opmerkingen, *self.uitkomst.opmerkingen]

    @property
    def fouten(self) -> list[str]:
        return zinnen(self.opmerkingen, "fout")

    @property
    def let_op(self) -> list[str]:
        return zinnen(self.opmerkingen, "let op")

    @property
    def rijen(self) -> list[Waarneming]:
        return self.uitkomst.rijen if self.uitkomst else []

    @property
    def kan(self) -> bool:
        return not self.vragen and not self.fouten and bool(self.rijen)

    @property
    def merk(self) -> str:
        """Tells previews apart: only what was shown can be confirmed."""
        return hashlib.sha256(
            f"{self.inhoud.sha256}{canoniek(self.keuzes.model_dump(mode='json'))}".encode()
        ).hexdigest()

    def gegevens(self, coalitie: str, reden: str) -> dict[str, Any]:
        """What `lees_metingen` takes."""
        rijen = [
            {"indicator": w.indicator, "gebied": w.gebied, "periode": w.periode, "waarde": w.waarde,
             "respondenten": w.respondenten, "bron": w.bron, "onderdrukt": w.onderdrukt}
            for w in self.rijen
        ]  # fmt: skip
        bestand = {
            "naam": self.inhoud.naam, "hash": self.inhoud.sha256, "vorm": self.keuzes.vorm,
            "keuzes": bewaarbaar(self.keuzes, self.inhoud.tabel), "model": self.keuzes.model,
        }  # fmt: skip
        return {"coalitie": coalitie, "metingen": rijen, "bestand": bestand, "reden": reden}


def stel_voor(
    inhoud: Inhoud, keuzes: Keuzes, plan: Meetplan, bekend: Mapping[Plek, float | None], vandaag: date
) -> Voorstel:
    """Raises nothing: every fault is in the proposal. `bekend`: newest kept value per place (None: suppressed)."""
    vragen = ontbreekt(keuzes, plan, inhoud.tabel)
    if vragen:
        return Voorstel(inhoud, keuzes, vragen)
    gelezen = lees(inhoud.tabel, keuzes, plan)
    return Voorstel(inhoud, keuzes, {}, gelezen, toets_rijen(gelezen.rijen, plan, bekend, vandaag))
