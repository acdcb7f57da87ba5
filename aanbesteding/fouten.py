"""The errors that a person can cause, each with a Dutch message that says what to mend.

One small family: the CLI turns them into exit codes, the web app into status codes. Anything else that
is raised is a fault of ours and keeps its traceback.
"""

from collections.abc import Sequence


class Gebruikersfout(Exception):
    """Something a person can mend. `exitcode` is what scripts see."""

    exitcode = 2

    def __init__(self, bericht: str) -> None:
        super().__init__(bericht)
        self.bericht = bericht


class Invoerfout(Gebruikersfout):
    """One or more fields of a file or form are wrong; every fault is named, not only the first."""

    def __init__(self, fouten: Sequence[str] | str, *, waar: str = "") -> None:
        self.fouten = [fouten] if isinstance(fouten, str) else list(fouten)
        self.waar = waar
        kop = f"{waar}: " if waar else ""
        super().__init__("\n".join(f"{kop}{fout}" for fout in self.fouten))


class GeenToestemming(Gebruikersfout):
    """This person may not do this, or not now."""

    exitcode = 3


class NietGevonden(Gebruikersfout):
    """The round, proposal or document that was named does not exist."""

    exitcode = 4


class Conflict(Gebruikersfout):
    """The state changed under our hands, or forbids this step; trying again after a look may help."""

    exitcode = 5


class Omgevingsfout(Gebruikersfout):
    """A library, font or setting is missing; the message says how to install or set it."""

    exitcode = 6


class Controlefout(Gebruikersfout):
    """The log or a document does not match what was recorded."""

    exitcode = 7
