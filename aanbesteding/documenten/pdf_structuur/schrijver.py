"""The tree as PDF objects: structure elements, the way back from content to element, notes and artifacts."""

from collections.abc import Sequence
from typing import Any

import pydyf

from .knoop import Inhoud, Knoop, Koppeling, Merk


class Schrijver:
    """Writes one tree into one pydyf.PDF."""

    def __init__(self, pdf: Any, bladen: int) -> None:
        self._pdf = pdf
        self._bladen: Sequence[bytes] = pdf.page_references
        self._van_merk: list[dict[int, bytes]] = [{} for _ in range(bladen)]
        self._koppelingen: list[tuple[bytes, Any]] = []
        self._noten: list[tuple[str, bytes]] = []

    def schrijf(self, document: Knoop, merken: Sequence[int]) -> None:
        """Add the tree; `merken` is the number of marked pieces of each page, artifacts included."""
        terug = self._object({})
        wortel = self._object({"Type": "/StructTreeRoot", "ParentTree": terug.reference})
        wortel["K"] = pydyf.Array([self._element(document, wortel.reference).reference])
        terug["Nums"] = self._terugweg(merken)
        if self._noten:
            namen = [deel for naam, plek in self._noten for deel in (pydyf.String(naam), plek)]
            wortel["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(namen)})
        self._pdf.catalog["StructTreeRoot"] = wortel.reference
        self._pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self._pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _object(self, waarden: dict[str, Any]) -> Any:
        nieuw = pydyf.Dictionary(waarden)
        self._pdf.add_object(nieuw)
        return nieuw

    def _element(self, knoop: Knoop, ouder: bytes) -> Any:
        element = self._object({"Type": "/StructElem", "S": f"/{knoop.rol}", "P": ouder, **knoop.kenmerken})
        blad = next((deel.blad for deel in knoop.inhoud if isinstance(deel, Merk)), None)
        if blad is not None:
            element["Pg"] = self._bladen[blad]
        if knoop.rol == "Note":
            naam = f"noot-{len(self._noten) + 1:05d}"
            self._noten.append((naam, element.reference))
            element["ID"] = pydyf.String(naam)
        element["K"] = pydyf.Array([self._kind(deel, element, blad) for deel in knoop.inhoud])
        return element

    def _kind(self, deel: Inhoud, element: Any, blad: int | None) -> Any:
        if isinstance(deel, Knoop):
            return self._element(deel, element.reference).reference
        if isinstance(deel, Koppeling):
            self._koppelingen.append((element.reference, deel.annotatie))
            verwijzing = {"Type": "/OBJR", "Obj": deel.annotatie.reference, "Pg": self._bladen[deel.blad]}
            return self._object(verwijzing).reference
        self._van_merk[deel.blad][deel.mcid] = element.reference
        if deel.blad == blad:
            return deel.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self._bladen[deel.blad], "MCID": deel.mcid})

    def _terugweg(self, merken: Sequence[int]) -> Any:
        """From each marked piece and each link to its element: the parent tree (ISO 32000-1, 14.7.4.4)."""
        nummers = pydyf.Array()
        for blad, (aantal, plekken) in enumerate(zip(merken, self._van_merk, strict=True)):
            nummers += [blad, pydyf.Array([plekken.get(mcid, b"null") for mcid in range(aantal)])]
        for sleutel, (plek, annotatie) in enumerate(self._koppelingen, start=len(merken)):
            nummers += [sleutel, plek]
            annotatie["StructParent"] = sleutel
        return nummers


def maak_versiering(stroom: list[Any], versiering: dict[int, str]) -> None:
    """Turn these marked pieces of a page's content stream into artifacts: readers skip them."""
    for plek, deel in enumerate(stroom):
        soort = versiering.get(deel.get("MCID", -1)) if isinstance(deel, pydyf.Dictionary) else None
        if soort and stroom[plek + 1] == b"BDC":
            stroom[plek - 1], stroom[plek] = "/Artifact", pydyf.Dictionary({"Type": f"/{soort}"})


def vergeet_koppeling(pdf: Any, blad: Any, annotatie: Any) -> None:
    """Take a link area off its page; `blad` is the page's dictionary."""
    blad["Annots"].remove(annotatie.reference)
    if not blad["Annots"]:
        del blad["Annots"]
    annotatie.clear()
