"""The command line `aanbesteding`: Dutch help, Dutch errors, exit codes that scripts can use.

0 done · 1 a fault of ours · 2 wrong input · 3 not allowed · 4 not found · 5 conflict · 6 something is missing
on this machine · 7 the check found a change · 130 stopped by the user.
"""

from collections.abc import Sequence

__all__ = ["hoofd"]


def hoofd(argumenten: Sequence[str] | None = None) -> None:
    """Entry point (pyproject: `aanbesteding.cli:hoofd`); always ends with SystemExit."""
    from .app import draai

    raise SystemExit(draai(argumenten))
