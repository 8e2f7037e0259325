"""Files: the pages' own style and script, generated documentation, archived originals. Nothing of it may run.

An archived page is hostile until proved otherwise: it leaves here as plain text or as a download, never as
HTML, and in a sandbox besides.
"""

from __future__ import annotations

import re
from mimetypes import guess_type
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

from svod.web.queries import reports as queries
from svod.web.view import STATIC, View, static_file

SANDBOX = "default-src 'none'; sandbox"
# dbt's docs are one file with its scripts inside: they run in an origin of their own, without cookies.
SCRIPTED = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:;"
    " font-src data:; sandbox allow-scripts"
)
# Data Docs quote failing values, which are scraped: styles only, no script at all.
UNSCRIPTED = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; sandbox allow-same-origin"
)
SHOWN = (
    "text/",
    "application/json",
    "application/xml",
    "application/xhtml",
    "application/rss",
    "application/atom",
)
CHARSET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}")


def style() -> APIRouter:
    """The pages' own style, script and sign: the same for everybody, so nobody has to sign in for them."""
    routes = APIRouter()

    @routes.get("/static/{name}")
    def static(name: str) -> Response:
        if name not in STATIC:
            raise HTTPException(404)
        headers = {"Cache-Control": "private, max-age=31536000, immutable"}
        return Response(static_file(name), media_type=STATIC[name], headers=headers)

    return routes


def router(view: View) -> APIRouter:
    routes = APIRouter()

    @routes.get("/docs/{name}")
    @routes.get("/docs/{name}/{path:path}")
    def documentation(name: str, path: str = "") -> Response:
        """Static pages made elsewhere: `quality` (Data Docs), `dbt`."""
        found = _inside(view.site.docs.get(name), path)
        if found is None:
            raise HTTPException(404)
        policy = SCRIPTED if name == "dbt" else UNSCRIPTED
        return FileResponse(
            found,
            media_type=guess_type(found.name)[0] or "application/octet-stream",
            headers={"Content-Security-Policy": policy},
        )

    @routes.get("/report/{report_id}/original/{version_id}")
    def original(report_id: str, version_id: str) -> Response:
        """The archived bytes from which a version was read."""
        with view.site.reading() as conn:
            body = queries.body_of(conn, report_id, version_id)
        if body is None:
            raise HTTPException(404)
        media_type, disposition = _harmless(body.media_type, body.charset)
        name = f"{version_id}{'' if disposition == 'inline' else _suffix(body.media_type)}"
        return Response(
            view.site.archive().get(body.sha256),
            headers={
                "Content-Type": media_type,
                "Content-Disposition": f'{disposition}; filename="{name}"',
                "Content-Security-Policy": SANDBOX,
                "Cross-Origin-Resource-Policy": "same-origin",
            },
        )

    return routes


def _harmless(media_type: str, charset: str | None) -> tuple[str, str]:
    """(Content-Type, disposition): anything textual is shown as plain text, the rest is downloaded."""
    if media_type.lower().startswith(SHOWN):
        return f"text/plain; charset={_charset(charset)}", "inline"
    return "application/octet-stream", "attachment"


def _charset(charset: str | None) -> str:
    return charset if charset and CHARSET.fullmatch(charset) else "utf-8"


def _suffix(media_type: str) -> str:
    known = {
        "application/pdf": ".pdf",
        "application/zip": ".zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    }
    return known.get(media_type.lower().partition(";")[0].strip(), ".bin")


def _inside(root: Path | None, path: str) -> Path | None:
    """The file of a documentation folder, never one outside of it; the folder itself is its index.html."""
    if root is None:
        return None
    root = root.resolve()
    if root.is_file():
        return root if not path else None
    found = (root / path).resolve()
    if not found.is_relative_to(root):
        return None
    if found.is_dir():
        found /= "index.html"
    return found if found.is_file() else None
