"""The start meeting as a calendar file (RFC 5545), so that an invitation lands in every calendar.

Own text, no package: one event, and the same rules must give the same bytes. UID and DTSTAMP follow from
the rules, never from the clock or chance; SEQUENCE stays 0 because a moved meeting is a new invitation.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from ..regels import Regels
from ..termijnen import amsterdam

DUUR = timedelta(hours=2)
"""The call announces when the meeting begins; two hours is what calendars then keep free."""

# The rules of the Netherlands since 1996 (Directive 2000/84/EC): last Sunday of March and of October.
_ZONE = (
    "BEGIN:VTIMEZONE", "TZID:Europe/Amsterdam",
    "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
    "BEGIN:STANDARD", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip


def startbijeenkomst_ics(regels: Regels, kenmerk: str) -> str:
    """The start meeting of this call as iCalendar text: CRLF lines of at most 75 bytes.

    `kenmerk` tells events apart (the round's key, or a document's reference); it becomes the UID.
    """
    t, kop = regels.termijnen, regels.ronde
    begin, gemaakt = t.startbijeenkomst, amsterdam(t.publicatie.date(), t.publicatie.time())
    vraag = f"Vragen? Mail naar {kop.contact.email} of bel {kop.contact.telefoon}."
    regelreeks = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//aanbesteding//startbijeenkomst//NL", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", *_ZONE, "BEGIN:VEVENT",
        f"UID:{_uid(kenmerk)}@{kop.gemeente}.aanbesteding", f"DTSTAMP:{gemaakt:%Y%m%dT%H%M%SZ}", "SEQUENCE:0",
        f"DTSTART;TZID=Europe/Amsterdam:{_lokaal(begin)}", f"DTEND;TZID=Europe/Amsterdam:{_lokaal(begin + DUUR)}",
        f"SUMMARY:{_tekst(f'Startbijeenkomst: {kop.titel}')}", f"LOCATION:{_tekst(t.startbijeenkomst_plaats)}",
        f"DESCRIPTION:{_tekst(vraag)}", "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_vouw(regel)}\r\n" for regel in regelreeks)


def ronde_ics(regels: Regels, kenmerk: str, momenten: Sequence[tuple[str, str, datetime]]) -> str:
    """Every announced moment (term, words, moment) as an event of its own, for a calendar that subscribes.

    A deadline is a moment without duration, so that it fills no afternoon. The UID follows from term and order:
    a date that a nota moved, moves in the calendar too.
    """
    kop, nummers = regels.ronde, Counter[str]()
    eerste = regels.termijnen.publicatie
    stempel = f"DTSTAMP:{_utc(amsterdam(eerste.date(), eerste.time()))}"
    reeks = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//aanbesteding//ronde//NL", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", f"X-WR-CALNAME:{_tekst(kop.titel)}"]  # fmt: skip
    for termijn, woorden, moment in momenten:
        nummers[termijn] += 1
        plaats = _eind_en_plaats(regels, moment) if termijn == "startbijeenkomst" else []
        reeks += ["BEGIN:VEVENT", f"UID:{termijn}-{nummers[termijn]}-{kenmerk}@{kop.gemeente}.aanbesteding", stempel,
                  f"DTSTART:{_utc(moment)}", f"SUMMARY:{_tekst(f'{woorden}: {kop.titel}')}",
                  *plaats, "END:VEVENT"]  # fmt: skip
    return "".join(f"{_vouw(regel)}\r\n" for regel in [*reeks, "END:VCALENDAR"])


def _eind_en_plaats(regels: Regels, begin: datetime) -> list[str]:
    return [f"DTEND:{_utc(begin + DUUR)}", f"LOCATION:{_tekst(regels.termijnen.startbijeenkomst_plaats)}"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _lokaal(moment: datetime) -> str:
    """The time on the clock: TZID says which clock."""
    return f"{moment:%Y%m%dT%H%M%S}"


def _uid(kenmerk: str) -> str:
    """A case number may hold spaces or slashes; a UID is plain text without them."""
    return "".join(teken if teken.isalnum() else "-" for teken in f"startbijeenkomst-{kenmerk}")


def _tekst(waarde: str) -> str:
    """Escape as RFC 5545 §3.3.11 asks: backslash, comma, semicolon and line break."""
    veilig = waarde.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return veilig.replace("\r\n", "\\n").replace("\n", "\\n")


def _vouw(regel: str) -> str:
    """Fold at 75 octets (RFC 5545 §3.1), never in the middle of a character."""
    stukken: list[str] = []
    huidig = ""
    for teken in regel:
        if len(f"{huidig}{teken}".encode()) > (75 if not stukken else 74):
            stukken.append(huidig)
            huidig = ""
        huidig += teken
    return "\r\n ".join([*stukken, huidig])
