"""Law that changed over the years: a document names what was in force on its own day, never today's rule.

Sources: Woo, Stb. 2021, 499 (in force 1 May 2022; before it the Wob); Verordening (EU) 2023/2831 (1 January
2024: € 300.000; before it 1998/2006 and 1407/2013: € 200.000) and its central register (1 January 2026);
Wet versterking participatie op decentraal niveau (1 January 2025: article 150 Gemeentewet). See domein.md 2.
"""

from datetime import date

WOO, DEMINIMIS_2023, DEMINIMIS_REGISTER = date(2022, 5, 1), date(2024, 1, 1), date(2026, 1, 1)
UITDAAGRECHT = date(2025, 1, 1)


def openbaarheidswet(dag: date) -> str:
    """Act and article under which an applicant marks a passage as confidential."""
    return "Wet open overheid, artikel 5.1" if dag >= WOO else "Wet openbaarheid van bestuur, artikel 10"


def deminimis(dag: date) -> dict[str, int | bool]:
    """Ceiling per undertaking in three years, in cents, and whether the central register has to be filled."""
    return {"maximum_cent": 30_000_000 if dag >= DEMINIMIS_2023 else 20_000_000, "register": dag >= DEMINIMIS_REGISTER}


def uitdaagrecht(dag: date) -> bool:
    """May a letter point to the right to challenge (article 150 Gemeentewet)?"""
    return dag >= UITDAAGRECHT
