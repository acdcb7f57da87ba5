"""From closing to the list of admissible proposals: register, opening, defects, formal judgment."""

from typing import Any

from ...model import Coalitie, Deelnemer, Indiening, Organisatie, Partner, Voorstel
from ...overzichten import dossier, oproepfase, vind
from ...overzichten.doorgang import Doorgang
from ...regels import Regels
from ...termijnen import bezwaartermijn_einde, naar_amsterdam
from . import procesbijlagen
from .aankondiging import opgavetitels
from .basis import Bouwer, Stuk, stuk
from .coalitiebrief import brief

Partners = list[tuple[Partner, Organisatie]]
REGISTER = ("nummer", "ontvangen_op", "versie", "grootte", "kanaal", "sha256")
OPENING = ("nummer", "coalitie", "penvoerder", "ontvangen_op", "sha256", "klopt", "ontbreekt")
STAAT = ("nummer", "coalitie", "opgave", "penvoerder", "partners", "gevraagd_cent", "ontvankelijk", "oordeel")


def register_van_ontvangst(d: Doorgang) -> list[Stuk]:
    """What came in, as hashes: the vault is still closed, so no names and no content."""
    [sluiting] = vind.momenten(d.regels, "sluiting")
    vervangen, ingetrokken = oproepfase.vervallen(d.session, d.ronde)
    rijen = [_ontvangen(v, i) for v, _, i in oproepfase.ontvangen(d.session, d.ronde)]
    gegevens = {"sluiting": sluiting, "vervangen": vervangen, "ingetrokken": ingetrokken, "rijen": rijen}
    extra = (procesbijlagen.tabel("register", rijen, "Het register: alleen controlegetallen, geen namen", REGISTER),)
    return [stuk(d, "register-van-ontvangst", gegevens, titel="Register van ontvangst", bijlagen=extra)]


def _ontvangen(v: Voorstel, i: Indiening) -> dict[str, Any]:
    return {
        "nummer": v.nummer,
        "ontvangen_op": i.ontvangen_op,
        "versie": i.versie,
        "grootte": i.grootte,
        "kanaal": i.kanaal,
        "sha256": i.sha256,
    }


def _eisen(regels: Regels) -> dict[str, str]:
    """Key of a formal part → its title, as the middle of a sentence."""
    return {e.sleutel: e.titel[:1].lower() + e.titel[1:] for e in regels.indienen.vormvereisten}


def _functie(wie: Deelnemer) -> str:
    return wie.functie or "medewerker van de gemeente"


def pv_opening(d: Doorgang) -> list[Stuk]:
    """Who opened the vault, and that every stored text still has the hash of its receipt."""
    opening, eerste, tweede = oproepfase.kluisopening(d.session, d.ronde)
    wie, eisen = dossier.penvoerders(d.session, d.ronde), _eisen(d.regels)
    mist = oproepfase.verzuimen(d.session, d.ronde)
    rijen: list[dict[str, Any]] = [
        {
            "nummer": v.nummer, "coalitie": c.naam, "penvoerder": wie[c.sleutel].organisatie.naam,
            "ontvangen_op": i.ontvangen_op, "sha256": i.sha256, "klopt": oproepfase.ongewijzigd(i),
            "ontbreekt": [eisen[m.onderdeel] for m in mist[c.sleutel]],
        }
        for v, c, i in oproepfase.ontvangen(d.session, d.ronde)
    ]  # fmt: skip
    [herstel], [sluiting] = vind.momenten(d.regels, "herstel_tot"), vind.momenten(d.regels, "sluiting")
    gegevens = {
        "opening": {"moment": opening.moment, "eerste": _functie(eerste), "tweede": _functie(tweede)},
        "sluiting": sluiting,
        "rijen": rijen,
        "herstel_tot": herstel,
        "alles_klopt": all(r["klopt"] for r in rijen),
    }
    extra = (procesbijlagen.tabel("opening", rijen, "De geopende voorstellen met hun controlegetal", OPENING),)
    return [stuk(d, "pv-opening", gegevens, titel="Proces-verbaal van opening", bijlagen=extra)]


def verzuimbrief(d: Doorgang) -> list[Stuk]:
    """A letter per proposal with a missing formal part; the same term for everyone (Awb 4:5)."""
    wie, eisen = dossier.penvoerders(d.session, d.ronde), _eisen(d.regels)
    herstelbaar = {e.sleutel for e in d.regels.indienen.vormvereisten if e.herstelbaar}
    mist = oproepfase.verzuimen(d.session, d.ronde, alleen_open=True)
    uit = []
    for _, c, _ in oproepfase.ontvangen(d.session, d.ronde):
        delen = [m.onderdeel for m in mist[c.sleutel]]
        if not delen:
            continue
        gegevens = {
            "ontbreekt": [eisen[s] for s in delen if s in herstelbaar],
            "niet_herstelbaar": [eisen[s] for s in delen if s not in herstelbaar],
            "herstel_tot": mist[c.sleutel][0].herstel_tot,
            "kanaal": d.regels.indienen.kanaal,
        }
        titel = "Uw voorstel is nog niet compleet"
        uit.append(brief(d, "verzuimbrief", c, wie[c.sleutel], gegevens, titel=titel))
    return uit


def niet_ontvankelijkbrief(d: Doorgang) -> list[Stuk]:
    """A decision with its objection date for every proposal that is not judged on content."""
    wie, eisen = dossier.penvoerders(d.session, d.ronde), _eisen(d.regels)
    mist = oproepfase.verzuimen(d.session, d.ronde, alleen_open=True)
    [herstel] = vind.momenten(d.regels, "herstel_tot")
    vast = {"herstel_tot": herstel, "bezwaar_tot": bezwaartermijn_einde(naar_amsterdam(d.nu).date())}
    return [
        brief(d, "niet-ontvankelijkbrief", c, wie[c.sleutel],
              vast | {"motivering": v.vormoordeel, "ontbreekt": [eisen[m.onderdeel] for m in mist[c.sleutel]]},
              titel="Besluit: wij behandelen uw voorstel niet")
        for v, c in vind.voorstellen(d.session, d.ronde)
        if v.ontvankelijk is False
    ]  # fmt: skip


def staat_van_voorstellen(d: Doorgang) -> list[Stuk]:
    """All proposals with their formal judgment, what they ask and what their partners bring in."""
    wie, partners = dossier.penvoerders(d.session, d.ronde), dossier.partners(d.session, d.ronde)
    inhoud, titels = dossier.voorstelinhouden(d.session, d.ronde), opgavetitels(d.regels)
    stand = vind.voorstellen(d.session, d.ronde)
    rijen: list[dict[str, Any]] = [
        {
            "nummer": v.nummer, "coalitie": c.naam, "opgave": titels[c.opgave],
            "penvoerder": wie[c.sleutel].organisatie.naam,
            "partners": [o.naam for _, o in partners[c.sleutel] if o.id != wie[c.sleutel].organisatie.id],
            "gevraagd_cent": inhoud[c.sleutel].gevraagd_euro() * 100, "ontvankelijk": bool(v.ontvankelijk),
            "oordeel": v.vormoordeel,
        }
        for v, c in stand
    ]  # fmt: skip
    door = [r for r in rijen if r["ontvankelijk"]]
    gegevens = {
        "rijen": rijen,
        "aantal": {"ontvangen": len(rijen), "ontvankelijk": len(door), "niet": len(rijen) - len(door)},
        "gevraagd_cent": sum(r["gevraagd_cent"] for r in door),
        "plafond_cent": d.regels.verdeling.plafond_euro * 100,
        "inbreng": [_inbreng(c, partners[c.sleutel]) for _, c in stand],
    }
    extra = (procesbijlagen.tabel("voorstellen", rijen, "De voorstellen met het oordeel over de vorm", STAAT),)
    return [stuk(d, "staat-van-voorstellen", gegevens, titel="Staat van voorstellen", bijlagen=extra)]


def _inbreng(groep: Coalitie, partners: Partners) -> dict[str, Any]:
    """Money, hours and kind; `aandeel` is the largest share of one partner in the hours (its balance)."""
    uren = [p.inbreng_uren for p, _ in partners]
    return {
        "coalitie": groep.naam,
        "cent": sum(p.inbreng_cent for p, _ in partners),
        "uren": sum(uren),
        "aandeel": max(uren) / sum(uren) if sum(uren) else 0.0,
        "natura": [p.inbreng_natura for p, _ in partners if p.inbreng_natura],
    }


BOUWERS: dict[str, Bouwer] = {
    "register-van-ontvangst": register_van_ontvangst,
    "pv-opening": pv_opening,
    "verzuimbrief": verzuimbrief,
    "niet-ontvankelijkbrief": niet_ontvankelijkbrief,
    "staat-van-voorstellen": staat_van_voorstellen,
}
