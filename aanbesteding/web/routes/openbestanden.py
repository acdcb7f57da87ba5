"""Files for everybody: public documents, open data, the calendar, the news feed, and what search engines read."""

from html import escape
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response

from ...documenten.archief import Archief
from ...fouten import NietGevonden
from ...instellingen import instellingen
from ...overzichten import openbaar
from ...post.agenda import ronde_ics
from ..middelen import Database, Kenmerk, Nu
from ..openbare_kop import bestand
from ..opendata import TABELLEN, als_csv, als_json

router = APIRouter()
Vingerafdruk = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


@router.get("/rondes/{kenmerk}/documenten/{sha256}.pdf")
def document(kenmerk: Kenmerk, sha256: Vingerafdruk, session: Database) -> Response:
    """A public document, by the fingerprint of its content: the same address is the same bytes for ever."""
    d = openbaar.document(openbaar.publicatie(session, kenmerk), sha256)
    antwoord = bestand(Archief(instellingen().archief_map).lees(d.sha256), "application/pdf")
    antwoord.headers["Content-Disposition"] = f'inline; filename="{d.bestandsnaam}"'
    antwoord.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return antwoord


@router.get("/rondes/{kenmerk}/data/{tabel}.{soort}")
def data(kenmerk: Kenmerk, tabel: str, soort: Literal["csv", "json"], session: Database, nu: Nu) -> Response:
    p = openbaar.publicatie(session, kenmerk)
    if tabel not in TABELLEN:
        raise NietGevonden(f"Deze tabel is er niet. Er zijn: {', '.join(TABELLEN)}.")
    rijen = TABELLEN[tabel].lees(p, nu)
    if soort == "json":
        return bestand(als_json(rijen), "application/json", f"{kenmerk}-{tabel}.json")
    return bestand(als_csv(rijen), "text/csv; charset=utf-8", f"{kenmerk}-{tabel}.csv")


@router.get("/rondes/{kenmerk}/agenda.ics")
def agenda(kenmerk: Kenmerk, session: Database, nu: Nu) -> Response:
    """Every announced date, for a calendar that subscribes."""
    p = openbaar.publicatie(session, kenmerk)
    momenten = [(m.termijn, m.tekst, m.moment) for m in openbaar.planning(p, nu)]
    return bestand(ronde_ics(p.regels, kenmerk, momenten), "text/calendar; charset=utf-8", f"{kenmerk}.ics")


@router.get("/rondes/{kenmerk}/nieuws.atom")
def nieuws(kenmerk: Kenmerk, session: Database) -> Response:
    p, adres = openbaar.publicatie(session, kenmerk), instellingen().adres
    rijen = openbaar.nieuws(p)
    regels = "".join(
        f"<entry><id>{escape(adres)}/rondes/{kenmerk}#{n.sleutel}</id><title>{escape(n.titel)}</title>"
        f"<updated>{n.moment.isoformat()}</updated><link href=\"{escape(adres + n.pad)}\"/>"
        f"<summary>{escape(n.tekst)}</summary></entry>"
        for n in rijen
    )  # fmt: skip
    kop = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">'
        f"<id>{escape(adres)}/rondes/{kenmerk}</id><title>{escape(p.regels.ronde.titel)}</title>"
        f"<author><name>Gemeente {escape(p.ronde.gemeente.capitalize())}</name></author>"
        f'<link rel="self" href="{escape(adres)}/rondes/{kenmerk}/nieuws.atom"/>'
        f"<updated>{rijen[0].moment.isoformat()}</updated>"
    )
    return bestand(f"{kop}{regels}</feed>\n", "application/atom+xml")


@router.get("/sitemap.xml")
def sitemap(session: Database, nu: Nu) -> Response:
    adres, paden = instellingen().adres, ["/", "/leren", "/toegankelijkheid", "/privacy"]
    for r in openbaar.rondes(session, nu):
        begin = f"/rondes/{r.kenmerk}"
        paden += [begin, f"{begin}/vragen", f"{begin}/open-data"]
    regels = "".join(f"<url><loc>{escape(adres + pad)}</loc></url>" for pad in paden)
    kop = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return bestand(f"{kop}{regels}</urlset>\n", "application/xml")


@router.get("/robots.txt")
def robots(verzoek: Request) -> Response:
    """Search engines read the public pages; the rest is closed by login and by X-Robots-Tag."""
    zin = f"User-agent: *\nDisallow: /werk/\nDisallow: /mijn\nSitemap: {instellingen().adres}/sitemap.xml\n"
    return bestand(zin, "text/plain; charset=utf-8")
