"""Every page that a role can reach by its links, at the stages that matter: each opens, passes axe, fits its window."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser
RONDE = "lindeveen-2027"
MOMENT = {
    "voorbereiding": "2026-12-02T10:00", "oproep": "2027-01-12T10:00", "coalities": "2027-02-20T23:00",
    "ingediend": "2027-03-11T13:00", "geopend": "2027-03-20T10:00", "belangen": "2027-04-01T10:00",
    "scoren": "2027-04-10T10:00", "beoordeeld": "2027-04-25T10:00", "voorgedragen": "2027-05-10T10:00",
    "uitwerking": "2027-06-01T10:00", "gepland": "2027-07-01T10:00", "uitvoering": "2028-02-28T10:00",
}  # fmt: skip
GEEN_PAGINA = (".pdf", ".csv", ".json", ".xlsx", ".ics", ".zip", ".xml", ".svg", ".jsonl", ".atom")
MEESTE_PAGINAS = 80
"""A crawl that finds more has fallen into a calendar or a filter; the same page with other filters counts once."""

BEZOEKEN = [
    ("", "voorbereiding", False), ("", "oproep", True), ("", "uitvoering", False),
    ("aisha-terpstra", "voorbereiding", False), ("aisha-terpstra", "oproep", True),
    ("aisha-terpstra", "geopend", False),
    ("aisha-terpstra", "belangen", True), ("aisha-terpstra", "uitwerking", False),
    ("aisha-terpstra", "uitvoering", True),
    ("joost-de-wilde", "ingediend", False), ("carla-wijnia", "belangen", True), ("carla-wijnia", "scoren", False),
    ("carla-wijnia", "beoordeeld", True), ("mirjam-slagter", "scoren", True), ("mirjam-slagter", "beoordeeld", False),
    ("bert-hoekzema", "voorgedragen", False), ("bert-hoekzema", "gepland", True), ("nour-haddad", "voorgedragen", True),
    ("nour-haddad", "scoren", False), ("hanna-brouwer", "coalities", False), ("welzijn-lindeveen", "oproep", False),
    ("welzijn-lindeveen", "coalities", True), ("welzijn-lindeveen", "geopend", False),
    ("welzijn-lindeveen", "uitwerking", True), ("welzijn-lindeveen", "uitvoering", False),
]  # fmt: skip


@pytest.mark.parametrize(("wie", "stadium", "telefoon"), BEZOEKEN)
def test_every_page_that_can_be_reached(
    site: Callable[[str, str], Any], als: Callable[..., Any], wie: str, stadium: str, telefoon: bool
) -> None:
    kijker = als(site(stadium, MOMENT[stadium]), wie, telefoon=telefoon)
    te_doen, gezien = ([f"/werk/{RONDE}", "/mijn", "/mijn/apparaten"] if wie else ["/", "/aanmelden"]), set()
    mis: list[str] = []
    while te_doen:
        pad = te_doen.pop(0)
        kaal = pad.partition("?")[0]
        if kaal in gezien:
            continue
        gezien.add(kaal)
        assert len(gezien) <= MEESTE_PAGINAS, sorted(gezien)
        pagina, gevonden = kijker.bekijk(pad)
        mis += [f"{pad}: {fout}" for fout in gevonden]
        te_doen += [p for p in _paden(pagina) if p.partition("?")[0] not in gezien]
    assert not mis, "\n".join(mis)


def _paden(pagina: Any) -> list[str]:
    """The pages of this site that the page links to; downloads are tested elsewhere."""
    alle = pagina.eval_on_selector_all("a[href]", "as => as.map(a => a.getAttribute('href'))")
    eigen = [a.partition("#")[0] for a in alle if a.startswith("/")]
    return [a for a in eigen if a and not a.partition("?")[0].endswith(GEEN_PAGINA) and "/bestand" not in a]
