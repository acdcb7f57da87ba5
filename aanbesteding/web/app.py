"""The application: routers, middleware, errors. `maak_app` is what uvicorn and the tests start."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.middleware.gzip import GZipMiddleware

from .. import klok
from ..database import maak_motor, werk_bij
from ..instellingen import instellingen
from . import foutpagina
from .api import maak_api
from .beveiliging import Beveiliging, Groottegrens
from .middelbestanden import Middelen
from .routes import ROUTERS


@asynccontextmanager
async def _begin(_app: FastAPI) -> AsyncIterator[None]:
    """What is loaded when the server starts stays: else the collector walks through all of it (0.2 s) during pages."""
    gc.collect()
    gc.freeze()
    yield


def maak_app(motor: Engine | None = None, *, nu: Callable[[], datetime] = klok.nu) -> FastAPI:
    """A new application on this database (default: that of the settings, brought up to date)."""
    if motor is None:
        motor = maak_motor(instellingen().url)
        werk_bij(motor)
    app = FastAPI(title="aanbesteding", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False,
                  lifespan=_begin)  # fmt: skip
    app.state.motor, app.state.klok = motor, nu
    app.add_middleware(Beveiliging)
    app.add_middleware(Groottegrens)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.mount("/middelen", Middelen(), name="middelen")
    api = maak_api(motor, nu)
    app.mount("/v1", api, name="api")
    app.add_route("/v1", api)  # type: ignore[arg-type]  # without it the bare address gives a page, not a problem
    for router in ROUTERS:
        app.include_router(router)
    foutpagina.registreer(app)
    return app
