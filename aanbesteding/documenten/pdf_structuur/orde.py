"""Gives the tree the nesting that PDF asks (ISO 32000-1, 14.8.4): paragraphs in groups, labels in list items."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from .knoop import BLOK, INHOUDSOPGAVE, LOS, Inhoud, Knoop
from .rollen import GROEPEN, IN_DE_REGEL, MAG_LEEG, REGELS


def breng_op_orde(document: Knoop) -> None:
    """Repair the whole tree in place."""
    _orden(document, in_regel=False, in_inhoud=False)
    _zet_ouders(document)


def _orden(knoop: Knoop, *, in_regel: bool, in_inhoud: bool) -> None:
    """`in_regel`: within a paragraph, so no new paragraphs; `in_inhoud`: within a table of contents."""
    _geef_betekenis(knoop)
    if knoop.rol == INHOUDSOPGAVE:
        knoop.rol, in_inhoud = "Div", True
    in_regel = knoop.rol in REGELS or (in_regel and knoop.rol in (LOS, BLOK))
    inhoud: list[Inhoud] = []
    for kind in knoop.inhoud:
        if not isinstance(kind, Knoop):
            inhoud.append(kind)
            continue
        _orden(kind, in_regel=in_regel, in_inhoud=in_inhoud)
        inhoud += _na_ordening(kind, in_regel=in_regel)
    if knoop.rol in GROEPEN:
        inhoud = list(_alineas(inhoud))
    knoop.inhoud = inhoud
    if knoop.rol == "L":
        _orden_lijst(knoop, in_inhoud=in_inhoud)
    if knoop.rol == "Table":
        # Layout leaves the header out on a first page that is too full for it; it is read first all the same.
        knoop.inhoud.sort(key=_plek_in_tabel)


def _geef_betekenis(knoop: Knoop) -> None:
    """Something without a role that still says something, such as its language, needs one to say it."""
    if knoop.kenmerken and knoop.rol in (LOS, BLOK):
        knoop.rol = "Span" if knoop.rol == LOS else "Div"


def _na_ordening(kind: Knoop, *, in_regel: bool) -> Sequence[Inhoud]:
    """What stands in the parent for this child: itself, its content, or nothing."""
    if not kind.inhoud and kind.rol not in MAG_LEEG:
        return []
    if kind.rol == LOS or (kind.rol == BLOK and in_regel):
        return kind.inhoud
    return list(_alineas(kind.inhoud)) if kind.rol == BLOK else [kind]


def _in_de_regel(deel: Inhoud) -> bool:
    return not isinstance(deel, Knoop) or deel.rol in IN_DE_REGEL


def _alineas(inhoud: Sequence[Inhoud]) -> Iterator[Inhoud]:
    """Loose text between blocks becomes a paragraph."""
    for los, delen in groupby(inhoud, key=_in_de_regel):
        if los:
            yield Knoop("P", inhoud=list(delen))
        else:
            yield from delen


def _plek_in_tabel(deel: Inhoud) -> int:
    rol = deel.rol if isinstance(deel, Knoop) else ""
    return {"Caption": 0, "THead": 1, "TFoot": 3}.get(rol, 2)


def _orden_lijst(lijst: Knoop, *, in_inhoud: bool) -> None:
    """Items with a label and a body; a dl has labels and bodies without items, and gets those."""
    punten = list(_punten(lijst.inhoud))
    for punt in punten:
        _orden_punt(punt, in_inhoud=in_inhoud)
    lijst.inhoud = [*punten]
    if in_inhoud:
        lijst.rol = "TOC"
        lijst.kenmerken.pop("A", None)


def _punten(inhoud: Sequence[Inhoud]) -> Iterator[Knoop]:
    punt = Knoop("LI")
    for deel in inhoud:
        eigen = isinstance(deel, Knoop) and deel.rol == "LI"
        nieuw = isinstance(deel, Knoop) and deel.rol == "Lbl" and not _alleen_labels(punt)
        if (eigen or nieuw) and punt.inhoud:
            yield punt
            punt = Knoop("LI")
        if eigen and isinstance(deel, Knoop):
            yield deel
        else:
            punt.inhoud.append(deel)
    if punt.inhoud:
        yield punt


def _alleen_labels(punt: Knoop) -> bool:
    return all(isinstance(deel, Knoop) and deel.rol == "Lbl" for deel in punt.inhoud)


def _orden_punt(punt: Knoop, *, in_inhoud: bool) -> None:
    labels: list[Inhoud] = []
    rest: list[Inhoud] = []
    for deel in punt.inhoud:
        is_label = isinstance(deel, Knoop) and deel.rol == "Lbl"
        is_lijf = isinstance(deel, Knoop) and deel.rol == "LBody"
        (labels if is_label else rest).extend(deel.inhoud if is_lijf and isinstance(deel, Knoop) else [deel])
    if in_inhoud:
        _orden_inhoudspunt(punt, labels, rest)
    else:
        punt.inhoud = [*labels, *([Knoop("LBody", inhoud=rest)] if rest else [])]


def _orden_inhoudspunt(punt: Knoop, labels: list[Inhoud], rest: list[Inhoud]) -> None:
    """A line of the contents holds a reference, and the contents one level down."""
    onder = [deel for deel in rest if isinstance(deel, Knoop) and deel.rol == "TOC"]
    zelf = [deel for deel in rest if deel not in onder]
    punt.rol = "TOCI"
    punt.inhoud = [*labels, *([Knoop("Reference", inhoud=zelf)] if zelf else []), *onder]


def _zet_ouders(knoop: Knoop) -> None:
    for kind in knoop.inhoud:
        if isinstance(kind, Knoop):
            kind.ouder = knoop
            _zet_ouders(kind)
