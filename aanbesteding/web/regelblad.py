"""The page with one part of the rules: its form, and the checks beside it. Used for a draft and for a round."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request, Response

from ..fouten import Invoerfout
from ..invoer import toets
from ..regelcontrole import Bevinding, controleer
from ..regels import Regels
from . import invulformulier as f
from . import regelformulier as rf
from .sjablonen import pagina

Fouten = dict[str, list[str]]
Mensen = Sequence[Mapping[str, Any]]


def plat_uit(deel: f.Deel, regels: Mapping[str, Any], mensen: Mensen) -> f.Plat:
    return rf.uit_regels(deel, {"mensen": rf.teamleden(mensen)} if deel.sleutel == "team" else regels)


def bevindingen_van(deel: f.Deel, plat: f.Plat, regels: Mapping[str, Any], mensen: Mensen) -> list[Bevinding]:
    """The findings on this part, as if what stands in the form were kept."""
    if deel.sleutel == "team":
        return [b for b in controleer(regels, rf.naar_mensen(deel, plat, mensen)) if b.deel == "team"]
    return [b for b in controleer(rf.naar_regels(deel, plat, regels), mensen) if b.deel == deel.sleutel]


def fouten_van(bevindingen: Sequence[Bevinding]) -> Fouten:
    """Faults under the id of their field in the page."""
    uit: Fouten = {}
    for b in bevindingen:
        if b.ernst == "fout":
            uit.setdefault(rf.veld_van(b.plaats), []).append(b.tekst)
    return uit


def geldige_regels(regels: Mapping[str, Any]) -> Regels | None:
    try:
        return toets(Regels, regels, waar="")
    except Invoerfout:
        return None


def controle(verzoek: Request, deel: f.Deel, bevindingen: Sequence[Bevinding]) -> Response:
    """Only the checks, for the page that is being typed in."""
    return pagina(
        verzoek, "leiden/_controle.html", bevindingen=bevindingen, deel=deel, veld_van=rf.veld_van,
        labels=f.labels([deel], rijen_tot=60),
    )  # fmt: skip


def blad(
    verzoek: Request, deel: f.Deel, plat: f.Plat, regels: Mapping[str, Any], mensen: Mensen, *, fout: str = "",
    status: int = 0, **gegevens: Any,
) -> Response:  # fmt: skip
    """`fout`: why saving was refused. Faults in the rules themselves never stop a draft from being kept."""
    bevindingen = bevindingen_van(deel, plat, regels, mensen)
    return pagina(
        verzoek, "leiden/regelsdeel.html", status=status or (409 if fout else 200), deel=deel, plat=plat, f=f,
        bevindingen=bevindingen, fouten=fouten_van(bevindingen), fout=fout, delen=rf.DELEN.values(),
        labels=f.labels([deel], rijen_tot=60), veld_van=rf.veld_van, **gegevens,
    )  # fmt: skip
