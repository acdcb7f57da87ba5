"""placeholder, being written"""

from .basis import Bouwer

BOUWERS: dict[str, Bouwer] = {}
