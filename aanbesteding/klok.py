"""The real clock, read in this one place; everywhere else `nu` is a parameter (ontwerp.md §8).

An example (`aanbesteding start --voorbeeld`) plays in its own time: AANBESTEDING_KLOK_VERSCHIL shifts the clock of
all processes of that installation by a number of seconds. Pages then say so, in full, at the top.
"""

from datetime import UTC, datetime, timedelta

from .instellingen import instellingen


def verschoven() -> bool:
    """Whether this installation plays in another time than the real one."""
    return instellingen().klok_verschil != 0


def nu() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC) + timedelta(seconds=instellingen().klok_verschil)
