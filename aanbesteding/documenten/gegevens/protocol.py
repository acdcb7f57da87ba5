"""Gate toewijzing: the assessment protocol with the allocation and its proof, and a form per assessor."""

from collections import Counter
from typing import Any

from ...kern.notatie import HARDE_SPATIE
from ...kern.toewijzing import Toewijzing
from ...overzichten import beoordelen, toewijzen, vind
from ...overzichten.doorgang import Doorgang
from ...overzichten.voorwaarden import letters
from ...procedure import Rol
from ..opdracht import Bijlage
from . import procesbijlagen
from .aankondiging import ankers, commissie, criteria, opgavetitels
from .basis import Bouwer, Stuk, regels_gegevens, stuk


def beoordelingsprotocol(d: Doorgang) -> list[Stuk]:
    """How it is judged, who judges what and why nobody can allocate better (domein.md D7)."""
    namen, uitkomst = letters(d.session, d.ronde), toewijzen.bereken(d.session, d.ronde, d.regels)
    werk = Counter(t.beoordelaar_id for t in beoordelen.toewijzingen(d.session, d.ronde))
    per_letter = {namen[wie]: n for wie, n in werk.items()}
    belangen = beoordelen.belangen(d.session, d.ronde)
    gegevens = {
        "regels": regels_gegevens(d.regels),
        "criteria": criteria(d.regels),
        "ankers": ankers(d.regels),
        "schaal": d.regels.verdeling.schaal.waarden(),
        "commissie": [
            rij | {"letter": rij["letter"].replace(" ", HARDE_SPATIE), "aantal": per_letter.get(rij["letter"], 0)}
            for rij in commissie(d)
        ],
        "belangen": {"verklaard": len(belangen), "gemeld": sum(b.belang for b in belangen.values())},
        "toewijzing": _toewijzing(d, namen),
        "wijzigingen": _wijzigingen(d, _letter_per_sleutel(d, namen)),
        "werkwijze": _werkwijze(d, uitkomst),
        "belasting": _belasting(d, uitkomst, _letter_per_sleutel(d, namen)),
        "bewijs": _bewijs(d, uitkomst),
    }
    extra = (_bijlage(d, uitkomst, namen), procesbijlagen.regels(d))
    return [stuk(d, "beoordelingsprotocol", gegevens, titel="Beoordelingsprotocol", bijlagen=extra)]


def _wijzigingen(d: Doorgang, per_sleutel: dict[str, str]) -> list[dict[str, Any]]:
    """What the project leader changed by hand, with the reason: a rule for the calculation, never a pick."""
    groepen = {c.sleutel: (v.nummer, c.naam) for v, c in vind.voorstellen(d.session, d.ronde)}
    return [
        {
            "nummer": groepen[g["coalitie"]][0], "naam": groepen[g["coalitie"]][1],
            "letter": per_sleutel[g["beoordelaar"]].replace(" ", HARDE_SPATIE), "soort": g["soort"],
            "reden": g["reden"], "op": w.gemaakt_op,
        }
        for w in toewijzen.wensen(d.session, d.ronde)
        for g in [w.gegevens]
        if g["coalitie"] in groepen and g["beoordelaar"] in per_sleutel
    ]  # fmt: skip


def _letter_per_sleutel(d: Doorgang, namen: dict[int, str]) -> dict[str, str]:
    """Key of an assessor → letter: keys may hold a name and stay inside."""
    return {wie.sleutel: namen[vind.sid(wie.id)] for wie in vind.met_rol(d.session, d.ronde, Rol.BEOORDELAAR)}


def _belasting(d: Doorgang, uitkomst: Toewijzing, per_sleutel: dict[str, str]) -> dict[str, Any]:
    """Load per assessor for the chart, with the conclusion that its alternative text needs."""
    rijen = [{"naam": per_sleutel[b], "aantal": n} for b, n in uitkomst.belasting.items()]
    aantallen = list(uitkomst.belasting.values())
    return {
        "rijen": sorted(rijen, key=lambda r: str(r["naam"])),
        "minste": min(aantallen, default=0),
        "meeste": max(aantallen, default=0),
        "maximum": d.regels.beoordeling.maximum_per_beoordelaar,
    }


def _bijlage(d: Doorgang, uitkomst: Toewijzing, namen: dict[int, str]) -> Bijlage:
    per_id = {wie.id: wie.sleutel for wie in vind.met_rol(d.session, d.ronde, Rol.BEOORDELAAR)}
    per_voorstel = {v.id: c.sleutel for v, c in vind.ontvankelijke(d.session, d.ronde)}
    gemeld = [
        (per_voorstel[v], per_id[b])
        for (v, b), rij in beoordelen.belangen(d.session, d.ronde).items()
        if rij.belang and v in per_voorstel and b in per_id
    ]
    per = _letter_per_sleutel(d, namen)
    return procesbijlagen.toewijzing(d, uitkomst, per, gemeld, _wijzigingen(d, per))


def _toewijzing(d: Doorgang, namen: dict[int, str]) -> list[dict[str, Any]]:
    """Per proposal the letters of who judges it, and of who may not because of a declared interest."""
    wie = beoordelen.toewijzingen(d.session, d.ronde)
    belangen = beoordelen.belangen(d.session, d.ronde)
    return [
        {
            "nummer": v.nummer,
            "coalitie": c.naam,
            "beoordelaars": sorted(_kort(namen[t.beoordelaar_id]) for t in wie if t.voorstel_id == v.id),
            "uitgesloten": sorted(_kort(namen[b]) for (s, b), rij in belangen.items() if s == v.id and rij.belang),
        }
        for v, c in vind.ontvankelijke(d.session, d.ronde)
    ]


def _kort(letter: str) -> str:
    return letter.removeprefix("Beoordelaar ")


def _werkwijze(d: Doorgang, uitkomst: Toewijzing) -> str:
    if uitkomst.werkwijze == "iedereen alles":
        return "Elke beoordelaar beoordeelt elk voorstel, behalve bij een belang."
    eisen = d.regels.beoordeling
    return (
        f"Elk voorstel krijgt {eisen.per_voorstel} beoordelaars uit ten minste {eisen.minimum_afdelingen} afdelingen. "
        "Niemand beoordeelt een voorstel waarbij een belang is gemeld."
    )


def _bewijs(d: Doorgang, uitkomst: Toewijzing) -> list[dict[str, str]]:
    """The certificate in words, and that the stored allocation is the calculated one."""
    geboekt = {(t.voorstel_id, t.beoordelaar_id) for t in beoordelen.toewijzingen(d.session, d.ronde)}
    voorstel = {c.sleutel: v.id for v, c in vind.ontvankelijke(d.session, d.ronde)}
    persoon = {wie.sleutel: wie.id for wie in vind.met_rol(d.session, d.ronde, Rol.BEOORDELAAR)}
    gelijk = geboekt == {(voorstel[s], persoon[b]) for s, b in uitkomst.paren}
    punten = [("De opgeslagen toewijzing is gelijk aan de berekende", _ja(gelijk))]
    punten.append(("Minste en meeste voorstellen per beoordelaar", _van_tot(uitkomst.belasting)))
    if c := uitkomst.certificaat:
        punten += [
            ("De toewijzing volgt alle regels", _ja(c.klopt_met_regels)),
            ("Er bestaat geen betere toewijzing (geen negatieve kring)", _ja(c.geen_negatieve_kring)),
            ("Omvang van het bewijs", f"{c.knopen} knopen, {c.bogen} bogen, {c.rondes_bellman_ford} rondes"),
            ("Slechtst bedeelde voorstel, en wat ten hoogste kan", f"{c.slechtste} van {c.slechtste_bovengrens}"),
            ("Totaal, en wat ten hoogste kan", f"{c.totaal} van {c.totaal_bovengrens}"),
        ]
    return [{"naam": naam, "waarde": waarde} for naam, waarde in punten]


def _ja(klopt: bool) -> str:
    return "Ja" if klopt else "Nee"


def _van_tot(belasting: dict[str, int]) -> str:
    return f"{min(belasting.values(), default=0)} en {max(belasting.values(), default=0)}"


def scoreformulier(d: Doorgang) -> list[Stuk]:
    """One form per assessor, with the proposals in that assessor's own seeded order."""
    namen, titels = letters(d.session, d.ronde), opgavetitels(d.regels)
    stand = {v.id: (v, c) for v, c in vind.ontvankelijke(d.session, d.ronde)}
    per_criterium = ankers(d.regels)
    rubriek = [
        {"titel": c.titel, "gewicht": c.gewicht, "toelichting": c.toelichting, "ankers": per_criterium[c.sleutel]}
        for c in d.regels.criteria
    ]
    [klaar] = vind.momenten(d.regels, "beoordeling_tot")
    vast = {"criteria": rubriek, "klaar_op": klaar, "minimum_woorden": d.regels.beoordeling.minimum_woorden_motivering}
    uit = []
    for wie in vind.met_rol(d.session, d.ronde, Rol.BEOORDELAAR):
        letter = namen[vind.sid(wie.id)]
        eigen = [
            {"volgorde": t.volgorde, "nummer": stand[t.voorstel_id][0].nummer, "coalitie": stand[t.voorstel_id][1].naam,
             "opgave": titels[stand[t.voorstel_id][1].opgave]}
            for t in beoordelen.toewijzingen_van(d.session, d.ronde, wie)
        ]  # fmt: skip
        if eigen:
            gegevens = vast | {"beoordelaar": letter, "voorstellen": eigen}
            uit.append(
                stuk(d, "scoreformulier", gegevens, titel="Scoreformulier", bij=_kort(letter).lower(), ontvanger=letter)
            )
    return uit


BOUWERS: dict[str, Bouwer] = {"beoordelingsprotocol": beoordelingsprotocol, "scoreformulier": scoreformulier}
