"""The public read API under /v1, along the NL API Design Rules 2.1: the same public data as the pages.

It reads and does nothing else, needs no login and looks at no cookie: what needs a login stays on the pages.
"""

from .bouw import maak_api

__all__ = ["maak_api"]
