"""Reading a form whose field names depend on the round (one per criterium), as text without control characters."""

from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

MEESTE_BYTES = 5 * 1024 * 1024


class Velden:
    """Text fields by name, '' where a field is missing; line ends as people's own systems store them."""

    def __init__(self, tekst: dict[str, str], bestanden: dict[str, tuple[str, bytes]]) -> None:
        self.tekst, self.bestanden = tekst, bestanden

    def __getitem__(self, naam: str) -> str:
        return self.tekst.get(naam, "")

    def getal(self, naam: str) -> int:
        """A hidden number of our own; 0 for anything else."""
        ruw = self[naam]
        return int(ruw) if ruw.isascii() and ruw.isdigit() and len(ruw) < 10 else 0


def schoon(tekst: str) -> str:
    """Without what no person types (a NUL breaks PostgreSQL), and with one kind of line end."""
    kaal = tekst.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(t for t in kaal if t in "\n\t" or ord(t) >= 32).strip()


T = TypeVar("T", str, dict[str, Any])


def bewaarbaar(waarde: T) -> T:
    """What every database can keep: no NUL (PostgreSQL) and no half of a character (no UTF-8); the rest as it was."""
    return cast(T, _bewaarbaar(waarde))


def _bewaarbaar(waarde: Any) -> Any:
    if isinstance(waarde, str):
        return waarde.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(waarde, dict):
        return {_bewaarbaar(k): _bewaarbaar(w) for k, w in waarde.items()}
    return [_bewaarbaar(w) for w in waarde] if isinstance(waarde, list) else waarde


async def lees_velden(verzoek: Request) -> Velden:
    tekst: dict[str, str] = {}
    bestanden: dict[str, tuple[str, bytes]] = {}
    async with verzoek.form(max_files=5) as formulier:
        for naam, waarde in formulier.multi_items():
            if isinstance(waarde, UploadFile):
                bestanden[naam] = (waarde.filename or "", await waarde.read(MEESTE_BYTES + 1))
            else:
                tekst[naam] = schoon(waarde)
    return Velden(tekst, bestanden)


Formulier = Annotated[Velden, Depends(lees_velden)]
