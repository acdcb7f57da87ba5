"""The outcome as it is public after the decision: ranking, scores per criterium, reasons, deviations."""

from ..kern.totalen import afgerond
from ..model import Besluitregel
from ..procedure import Rol
from . import beoordelen, dossier, inzage, vind
from .openbaar import Publicatie, eis
from .openbaarzichten import Criteriumscore, NietBeoordeeld, Score, Uitslag, Uitslagrij
from .voorwaarden import letters
from .zichten import Rangrij

NOG_NIET = "De uitkomst is nog niet openbaar. Dat is zij als het college heeft besloten."


def uitslag(p: Publicatie) -> Uitslag:
    """Raises NietGevonden before gate selectie."""
    eis(p.uitkomst_openbaar, NOG_NIET)
    zicht = inzage.rangorde(p.session, p.ronde, None)
    besluit, regels = dossier.besluit(p.session, p.ronde, "selectie")
    alle = vind.voorstellen(p.session, p.ronde)
    besloten = {c.sleutel: regels[vind.sid(v.id)] for v, c in alle if v.id in regels}
    return Uitslag(
        besloten_op=besluit.genomen_op, besluit=besluit.tekst, uitkomst=besluit.uitkomst,
        rangschikking=_rijen(p, zicht.rijen, besloten, {c.sleutel: c.naam for _, c in alle}),
        niet_beoordeeld=[NietBeoordeeld(naam=c.naam, reden=v.vormoordeel) for v, c in alle if v.ontvankelijk is False],
        controlegetal=zicht.hash,
    )  # fmt: skip


def _rijen(
    p: Publicatie, rijen: tuple[Rangrij, ...], besloten: dict[str, Besluitregel], namen: dict[str, str]
) -> list[Uitslagrij]:
    trekkers = dossier.penvoerders(p.session, p.ronde)
    oordelen = beoordelen.oordelen(p.session, p.ronde)
    samen = beoordelen.consensus(p.session, p.ronde)
    inhoud = dossier.voorstelinhouden(p.session, p.ronde)
    titels = {c.sleutel: c.titel for c in p.regels.criteria}
    uit = []
    for r in rijen:
        k, oordeel = r.coalitie, oordelen.get(r.coalitie)
        redenen = {c: samen[k, c].motivering if (k, c) in samen else "" for c in titels}
        uit.append(Uitslagrij(
            plaats=r.plaats, coalitie=k, naam=namen[k], penvoerder=trekkers[k].organisatie.naam,
            totaal=float(afgerond(r.totaal, 6)), gevraagd_cent=inhoud[k].gevraagd_euro() * 100,
            geadviseerd=r.geselecteerd == "ja", gekozen=besloten[k].gekozen if k in besloten else False,
            reden=r.reden, afwijking=besloten[k].afwijking if k in besloten else "",
            samenvatting=oordeel.samenvatting if oordeel else "", sterk=oordeel.sterk if oordeel else [],
            verbeter=oordeel.verbeter if oordeel else [],
            criteria=[
                Criteriumscore(criterium=c, titel=t, score=float(afgerond(w, 6)), motivering=redenen[c])
                for c, t in titels.items()
                for w in [r.per_criterium[c]]
            ],
        ))  # fmt: skip
    return uit


def scores(p: Publicatie) -> list[Score]:
    """Every score under the letter of its assessor, without the own reason (Woo art. 5.2 lid 3)."""
    eis(p.uitkomst_openbaar, NOG_NIET)
    per_id = letters(p.session, p.ronde)
    wie = {d.sleutel: per_id[vind.sid(d.id)] for d in vind.met_rol(p.session, p.ronde, Rol.BEOORDELAAR)}
    return sorted(
        (
            Score(coalitie=s.voorstel, criterium=s.criterium, beoordelaar=wie[s.beoordelaar], waarde=s.waarde)
            for s in beoordelen.scoretabel(p.session, p.ronde)
            if s.beoordelaar in wie
        ),
        key=lambda s: (s.coalitie, s.criterium, s.beoordelaar),
    )
