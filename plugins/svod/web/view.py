"""Turns a template into a page: language, links that work behind any path prefix, safe text, headers.

Links are made from `root_path`, never from the host of the request: a proxy may call it anything.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .access import User, form_token
from .charts import gauge, run_bars
from .highlight import paragraphs
from .site import Site
from .visible import plain, visible
from .wording import LANGUAGES, Language, Wording, load_texts

FOLDER = Path(__file__).parent
STATIC: Mapping[str, str] = {
    "svod.css": "text/css; charset=utf-8",
    "svod.js": "text/javascript; charset=utf-8",
    "svod.svg": "image/svg+xml",
}
LANGUAGE_COOKIE = "svod_lang"
YEAR = 365 * 86400


class View:
    """Renders the pages of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def wording(self, request: Request) -> Wording:
        return Wording(language_of(request), load_texts(), self.site.clock())

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The page; a language asked for in the address is remembered."""
        words = self.wording(request)
        user: User | None = getattr(request.state, "svod_user", None)
        body = (
            templates()
            .get_template(template)
            .render(
                w=words,
                t=words.say,
                user=user,
                token=form_token(self.site.secret(), user, words.now) if user and user.may_review else "",
                url=lambda path, **query: url(request, path, **query),
                static=lambda name: url(request, f"/static/{name}", v=fingerprint(name)),
                here=lambda **query: url(request, _path(request), **{**request.query_params, **query}),
                section=_path(request).split("/")[1],
                links=self.site.links,
                region_name=lambda iso: self._region_name(iso, words.language),
                **values,
            )
        )
        response = HTMLResponse(body, status)
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE,
                words.language,
                max_age=YEAR,
                path=url(request, "/"),
                samesite="lax",
                httponly=True,
            )
        return response

    def _region_name(self, iso: str, language: Language) -> str:
        """A region's name by its ISO code; the code itself when it is not known."""
        named = (t for t in self.site.territories.values() if t.iso == iso)
        return next((t.name(language) for t in named), iso)

    def redirect(self, request: Request, path: str, anchor: str = "", **query: str) -> RedirectResponse:
        target = url(request, path, **query)
        return RedirectResponse(f"{target}#{anchor}" if anchor else target, 303)


def language_of(request: Request) -> Language:
    """Asked for in the address, else remembered, else what the browser prefers, else Russian."""
    wishes = [request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)]
    wishes += [
        part.split(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")
    ]
    for wish in wishes:
        for language in LANGUAGES:
            if wish == language:
                return language
    return "ru"


def url(request: Request, path: str, **query: Any) -> str:
    """A path of this app as an address on the present host; empty query values are left out."""
    kept = {name: value for name, value in query.items() if value not in (None, "")}
    address = request.scope.get("root_path", "").rstrip("/") + quote(path, safe="/:@+,-._~=")
    return f"{address}?{urlencode(kept)}" if kept else address


def _path(request: Request) -> str:
    """The path of the request inside this app."""
    path: str = request.scope["path"]
    root: str = request.scope.get("root_path", "")
    return path.removeprefix(root) or "/"


@cache
def fingerprint(name: str) -> str:
    """Changes whenever the file does, so that browsers may keep it."""
    return hashlib.sha256(static_file(name)).hexdigest()[:12]


@cache
def static_file(name: str) -> bytes:
    return (FOLDER / "static" / name).read_bytes()


def last_part(address: str) -> str:
    """What a report without a title can be told by: the name of its file or page."""
    if address.startswith(("http://", "https://")):
        path = re.split(r"[?#]", address.partition("://")[2].partition("/")[2])[0]
        return unquote(path.rstrip("/").rpartition("/")[2], errors="replace")
    return address.rpartition("/")[2]


@cache
def templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"visible": visible, "plain": plain, "last_part": last_part}
    environment.globals |= {"run_bars": run_bars, "gauge": gauge, "paragraphs": paragraphs}
    return environment
