"""The app: every route but style and script behind the sign-in it is given, strict headers on every answer,
errors as pages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from svod.errors import ArchiveError, ConfigError, WarehouseError

from .access import Forbidden, User
from .pages import corrections, files, partners, releases, reports, sources
from .queries.reviews import Stale
from .site import Site
from .view import View, url

# No inline script or style, nothing from elsewhere, framed only by our own host (Airflow's interface).
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
}


def create_app(site: Site, current_user: Callable[..., Any]) -> FastAPI:
    """The pages of a site. `current_user` is a FastAPI dependency that gives a `User` or raises 401."""

    def signed_in(request: Request, user: User = Depends(current_user)) -> None:  # noqa: B008
        request.state.svod_user = user

    app = FastAPI(title="Svod", docs_url=None, redoc_url=None, openapi_url=None)
    view = View(site)
    app.include_router(files.style())  # the page that asks people to sign in is a page too
    behind: dict[str, Any] = {"dependencies": [Depends(signed_in)]}
    for part in (files, sources, reports, releases, corrections, partners):
        app.include_router(part.router(view), **behind)

    @app.get("/", **behind)
    def start(request: Request) -> Response:
        return view.redirect(request, "/sources")

    @app.get("/{path:path}", **behind)
    def nowhere(path: str) -> Response:
        """Last of all routes: an address that does not exist is said not to exist only to those signed in."""
        raise HTTPException(404)

    _headers(app)
    _errors(app, view)
    return app


def _headers(app: FastAPI) -> None:
    @app.middleware("http")
    async def add_headers(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def _errors(app: FastAPI, view: View) -> None:
    """Every error that has a meaning, as a page that says what to do (JSON for those who ask for it)."""

    def show(request: Request, status: int, key: str, detail: str = "") -> Response:
        if "text/html" not in request.headers.get("accept", "text/html"):
            words = view.wording(request)
            return JSONResponse({"detail": words.say(f"error.{key}.title"), "reason": detail}, status)
        return view.page(request, "error.html", status, key=key, detail=detail, code=status)

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        known = {401: "signed_out", 403: "forbidden", 404: "missing", 405: "missing", 413: "bad_request"}
        return show(request, error.status_code, known.get(error.status_code, "bad_request"))

    @app.exception_handler(RequestValidationError)
    @app.exception_handler(psycopg.DataError)  # what no column can hold, a NUL above all
    def bad_request(request: Request, error: Exception) -> Response:
        return show(request, 400, "bad_request")

    @app.exception_handler(Forbidden)
    def forbidden(request: Request, error: Forbidden) -> Response:
        return show(request, 403, str(error))

    @app.exception_handler(Stale)
    def stale(request: Request, error: Stale) -> HTMLResponse:
        look = url(request, f"/fact/{request.path_params.get('fact_id', '')}")
        return view.page(request, "stale.html", 409, why=str(error), look=look)

    @app.exception_handler(ArchiveError)
    def archive_error(request: Request, error: ArchiveError) -> Response:
        return show(request, 404, "archive", str(error))

    @app.exception_handler(WarehouseError)
    @app.exception_handler(ConfigError)
    def no_warehouse(request: Request, error: Exception) -> Response:
        return show(request, 503, "warehouse")

    @app.exception_handler(psycopg.errors.UndefinedTable)
    @app.exception_handler(psycopg.errors.InvalidSchemaName)
    def not_migrated(request: Request, error: Exception) -> Response:
        return show(request, 503, "migrate")

    @app.exception_handler(psycopg.OperationalError)
    def database_error(request: Request, error: psycopg.OperationalError) -> Response:
        return show(request, 503, "warehouse")
