"""The application: routers, middleware, errors. `maak_app` is what uvicorn and the tests start."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.gzip import GZipMiddleware

from .. import klok
from ..database import maak_motor, werk_bij
from ..instellingen import instellingen
from . import foutpagina
from .api import maak_api
from .beveiliging import Groottegrens, beveilig
from .middelbestanden import Middelen
from .routes import ROUTERS


def maak_app(motor: Engine | None = None, *, nu: Callable[[], datetime] = klok.nu) -> FastAPI:
    """A new application on this database (default: that of the settings, brought up to date)."""
    if motor is None:
        motor = maak_motor(instellingen().url)
        werk_bij(motor)
    app = FastAPI(title="aanbesteding", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.motor, app.state.klok = motor, nu
    app.add_middleware(BaseHTTPMiddleware, dispatch=beveilig)
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
