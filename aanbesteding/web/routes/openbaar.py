"""Pages for everybody: the rounds, the call, questions and answers, the outcome, and every pilot."""

from typing import Any

from fastapi import APIRouter, Request, Response

from ...instellingen import instellingen
from ...kern.bewijskracht import NIET, TREDEN, WEL
from ...overzichten import openbaar, openbaar_pilots, openbaar_uitslag
from ...overzichten.openbaar import Publicatie
from ..middelbestanden import logo
from ..middelen import Database, Kenmerk, MisschienIngelogd, Nu
from ..openbare_kop import huisstijl, vindbaar
from ..opendata import TABELLEN
from ..pilotplaten import platen
from ..sjablonen import pagina

router = APIRouter()


def _toon(verzoek: Request, p: Publicatie, naam: str, **gegevens: Any) -> Response:
    delen = [("De oproep", ""), ("Vragen en antwoorden", "/vragen")]
    delen += [("De uitkomst", "/uitslag")] if p.uitkomst_openbaar else []
    delen += [("De pilots", "/pilots")] if p.pilots_openbaar else []
    delen += [("Documenten en open data", "/open-data")]
    begin = f"/rondes/{p.ronde.kenmerk}"
    html = pagina(
        verzoek, f"openbaar/{naam}.html", p=p, ronde=p.ronde, regels=p.regels, begin=begin,
        gemeente=huisstijl(p.ronde.gemeente), t=openbaar.eerste_momenten(p),
        delen=[(t, begin + d) for t, d in delen], **gegevens,
    )  # fmt: skip
    return vindbaar(html)


@router.get("/")
def voorpagina(verzoek: Request, bezoek: MisschienIngelogd, session: Database, nu: Nu) -> Response:
    """Every round whose call was published."""
    return vindbaar(pagina(verzoek, "voorpagina.html", rondes=openbaar.rondes(session, nu)))


@router.get("/rondes/{kenmerk}")
def oproep(verzoek: Request, kenmerk: Kenmerk, bezoek: MisschienIngelogd, session: Database, nu: Nu) -> Response:
    p = openbaar.publicatie(session, kenmerk)
    return _toon(
        verzoek, p, "oproep", zicht=openbaar.rondezicht(p, nu), planning=openbaar.planning(p, nu),
        criteria=openbaar.criteria(p), nieuws=openbaar.nieuws(p), open=openbaar.open_voor_voorstellen(p, nu),
        gelijk=[p.regels.criterium(s).titel for s in p.regels.verdeling.gelijke_stand], nu=nu,
    )  # fmt: skip


@router.get("/rondes/{kenmerk}/vragen")
def vragen(verzoek: Request, kenmerk: Kenmerk, bezoek: MisschienIngelogd, session: Database, nu: Nu) -> Response:
    p = openbaar.publicatie(session, kenmerk)
    termijnen = [m for m in openbaar.planning(p, nu) if m.termijn == "vragen_tot"]
    return _toon(
        verzoek, p, "vragen", vragen=openbaar.vragen(p), bijeenkomst=openbaar.bijeenkomst(p),
        volgende=next((m for m in termijnen if not m.voorbij), None),
    )  # fmt: skip


@router.get("/rondes/{kenmerk}/uitslag")
def uitslag(verzoek: Request, kenmerk: Kenmerk, bezoek: MisschienIngelogd, session: Database) -> Response:
    p = openbaar.publicatie(session, kenmerk)
    return _toon(verzoek, p, "uitslag", uitslag=openbaar_uitslag.uitslag(p))


@router.get("/rondes/{kenmerk}/pilots")
def pilots(verzoek: Request, kenmerk: Kenmerk, bezoek: MisschienIngelogd, session: Database) -> Response:
    p = openbaar.publicatie(session, kenmerk)
    laatste = {v.coalitie: v for v in openbaar_pilots.voortgang(p)}
    return _toon(
        verzoek, p, "pilots", pilots=openbaar_pilots.pilots(p), voortgang=laatste,
        evaluatie=openbaar_pilots.evaluatie(p),
    )  # fmt: skip


@router.get("/rondes/{kenmerk}/pilots/{coalitie}")
def pilot(
    verzoek: Request, kenmerk: Kenmerk, coalitie: str, bezoek: MisschienIngelogd, session: Database, nu: Nu
) -> Response:
    p = openbaar.publicatie(session, kenmerk)
    oordelen = openbaar_pilots.oordelen(p, coalitie)
    nummer = max((o.nummer for o in oordelen), default=0)
    metingen = [m for m in openbaar.planning(p, nu) if m.termijn == "metingen"]
    gemeten, plan = openbaar_pilots.metingen(p, coalitie), openbaar_pilots.meetplan(p, coalitie)
    laatste = [o for o in oordelen if o.nummer == nummer]
    return _toon(
        verzoek, p, "pilot", pilot=openbaar_pilots.pilot(p, coalitie), nummer=nummer,
        kort=openbaar_pilots.samenvattingen(p)[coalitie], voortgang=openbaar_pilots.voortgang(p, coalitie),
        oordelen=laatste, platen=platen(p.ronde.gemeente, plan, gemeten, laatste) if plan else {}, wel=WEL, niet=NIET,
        treden=TREDEN, eerder=[o for o in oordelen if o.nummer < nummer],
        reeksen=openbaar_pilots.reeksen(gemeten), aantal=len(metingen),
        duiding=openbaar_pilots.duiding(p, coalitie), volgende=metingen[nummer] if nummer < len(metingen) else None,
    )  # fmt: skip


@router.get("/rondes/{kenmerk}/open-data")
def open_data(verzoek: Request, kenmerk: Kenmerk, bezoek: MisschienIngelogd, session: Database) -> Response:
    p = openbaar.publicatie(session, kenmerk)
    tabellen = [(naam, t.titel) for naam, t in TABELLEN.items() if t.open(p)]
    return _toon(verzoek, p, "open-data", tabellen=tabellen, documenten=openbaar.documenten(p))


@router.get("/toegankelijkheid")
def toegankelijkheid(verzoek: Request, bezoek: MisschienIngelogd) -> Response:
    return vindbaar(pagina(verzoek, "openbaar/toegankelijkheid.html"))


@router.get("/privacy")
def privacy(verzoek: Request, bezoek: MisschienIngelogd) -> Response:
    return vindbaar(pagina(verzoek, "openbaar/privacy.html", adres=instellingen().adres))


@router.get("/logo/{gemeente}.svg")
def beeldmerk(gemeente: Kenmerk) -> Response:
    huisstijl(gemeente)
    return Response(logo(gemeente), media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=3600"})
