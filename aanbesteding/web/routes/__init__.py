"""Every router of the site: each module in this folder that has a `router`, by name.

Found instead of listed, so that a new part is one new file. No two parts share an address (tested).
"""

from importlib import import_module
from pkgutil import iter_modules

from fastapi import APIRouter

MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
ROUTERS: list[APIRouter] = [module.router for module in MODULES if hasattr(module, "router")]
