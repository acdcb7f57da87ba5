"""An assessor drops out between allocation and ranking: only his open work moves, nothing that was locked.

Locked scores were a finished judgment and stay; open pairs lapse and keep their reason (nothing is deleted).
Who takes over follows from the published seed, by kern/vervanging.py, so that nobody can pick a milder reader.
"""

from collections import Counter
from collections.abc import Sequence

from ..fouten import Conflict, Invoerfout
from ..kern import toewijzing as kern
from ..model import Deelnemer, Toewijzing
from ..overzichten import beoordelen, toewijzen, vind
from ..procedure import Rol
from ..regels import Sleutel, Tekst
from .basis import Log, Werk, handeling


@handeling
def vervang_beoordelaar(werk: Werk, *, beoordelaar: Sleutel, reden: Tekst) -> Log:
    """Vervang een beoordelaar die uitvalt; alleen de voorstellen die nog open staan, krijgen een ander."""
    wie = vind.deelnemer(werk.session, werk.ronde, beoordelaar)
    if Rol.BEOORDELAAR not in vind.rollen(werk.session, wie):
        raise Invoerfout(f"beoordelaar: '{beoordelaar}' is geen beoordelaar in deze ronde", waar="vervang_beoordelaar")
    wezen = [t for t in beoordelen.toewijzingen_van(werk.session, werk.ronde, wie) if t.vergrendeld_op is None]
    if not wezen:
        raise Conflict(f"'{beoordelaar}' heeft geen open voorstellen. Er is niets over te dragen.")
    uitkomst = _bereken(werk, wie, wezen)
    _laat_vervallen(werk, wezen, reden)
    _voeg_toe(werk, uitkomst.nieuw)
    return {
        "beoordelaar": beoordelaar,
        "vervallen": [list(p) for p in uitkomst.vervallen],
        "nieuw": [list(p) for p in uitkomst.nieuw],
        "hoogste_belasting_voor": uitkomst.hoogste_belasting_voor,
        "hoogste_belasting_na": uitkomst.hoogste_belasting_na,
    }


def _bereken(werk: Werk, wie: Deelnemer, wezen: Sequence[Toewijzing]) -> kern.Vervanging:
    """Who takes over. An assessor who dropped out earlier never gets new work. Raises Conflict."""
    alle = beoordelen.toewijzingen(werk.session, werk.ronde, ook_vervallen=True)
    voorstel = {vind.sid(v.id): c.sleutel for v, c in vind.ontvankelijke(werk.session, werk.ronde)}
    mensen = vind.met_rol(werk.session, werk.ronde, Rol.BEOORDELAAR)
    naam = {vind.sid(d.id): d.sleutel for d in mensen}
    eerder = {naam[t.beoordelaar_id] for t in alle if t.vervallen_op}
    paren = [
        (voorstel[t.voorstel_id], naam[t.beoordelaar_id])
        for t in alle
        if not t.vervallen_op and (t.beoordelaar_id != wie.id or t in wezen)
    ]
    belangen = beoordelen.belangen(werk.session, werk.ronde)
    conflicten = {(voorstel[v], naam[b]) for (v, b), rij in belangen.items() if rij.belang and b in naam}
    conflicten |= {(v, b) for v in voorstel.values() for b in eerder}
    conflicten |= toewijzen.gewenst(werk.session, werk.ronde, "niet")
    eisen = werk.regels.beoordeling
    iedereen = eisen.per_voorstel is None or eisen.per_voorstel >= len(mensen)
    oud = kern.Toewijzing(
        "iedereen alles" if iedereen else "verdeeld",
        tuple(sorted(paren)),
        dict(Counter(b for _, b in paren)),
        eisen.startgetal,
        None,
    )
    try:
        return kern.vervang(
            oud,
            wie.sleutel,
            [kern.Beoordelaar(d.sleutel, d.afdeling) for d in mensen],
            conflicten,
            maximum=eisen.maximum_per_beoordelaar,
            afdelingen_min=eisen.minimum_afdelingen,
        )
    except kern.OnmogelijkeToewijzingError as fout:
        raise Conflict(
            f"{fout.regel} Deze regels staan in de oproep en veranderen nu niet meer. "
            f"Laat '{wie.sleutel}' het werk toch afmaken, of leg dit voor aan de jurist."
        ) from None


def _laat_vervallen(werk: Werk, wezen: Sequence[Toewijzing], reden: str) -> None:
    for rij in wezen:
        rij.vervallen_op, rij.vervallen_reden = werk.nu, reden
    werk.bewaar(*wezen)


def _voeg_toe(werk: Werk, nieuw: Sequence[kern.Paar]) -> None:
    """The new work comes after what somebody was already reading, in that person's own seeded order."""
    for sleutel in sorted({b for _, b in nieuw}):
        wie = vind.deelnemer(werk.session, werk.ronde, sleutel)
        eigen = beoordelen.toewijzingen_van(werk.session, werk.ronde, wie)
        begin = max((t.volgorde for t in eigen), default=0) + 1
        extra = kern.leesvolgorde(werk.regels.beoordeling.startgetal, sleutel, [v for v, b in nieuw if b == sleutel])
        for n, coalitie in enumerate(extra, begin):
            voorstel = vind.voorstel(werk.session, werk.ronde, coalitie)
            werk.bewaar(Toewijzing(voorstel_id=vind.sid(voorstel.id), beoordelaar_id=vind.sid(wie.id), volgorde=n))
