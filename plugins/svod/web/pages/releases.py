"""Releases: what the last publishes changed, and what the gate said."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from svod.web.queries import releases as queries
from svod.web.view import View


def router(view: View) -> APIRouter:
    routes = APIRouter()
    site = view.site

    @routes.get("/releases")
    def all_releases(request: Request) -> Response:
        with site.reading() as conn:
            releases = queries.releases(conn)
            gates = queries.gate_runs(conn)
            failed = queries.checks(conn, gates[0].run_id) if gates and gates[0].stopped else []
        docs = [name for name, place in site.docs.items() if place.exists()]
        return view.page(
            request,
            "releases.html",
            releases=releases,
            gates=gates,
            stopped=[check for check in failed if not check.success],
            docs=docs,
        )

    @routes.get("/releases/{release_id}")
    def one_release(request: Request, release_id: int) -> Response:
        with site.reading() as conn:
            found = queries.releases(conn, release_id)
            if not found:
                raise HTTPException(404)
            tables = queries.tables(conn, release_id)
            checks = queries.checks(conn, found[0].run_id)
        return view.page(request, "release.html", release=found[0], tables=tables, checks=checks)

    @routes.get("/releases/{release_id}/{table}")
    def changed_rows(
        request: Request,
        release_id: int,
        table: str,
        change: Literal["added", "changed", "gone"] = "changed",
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> Response:
        with site.reading() as conn:
            found = queries.releases(conn, release_id)
            tables = {t.table_name: t for t in queries.tables(conn, release_id)}
            if not found or table not in tables:
                raise HTTPException(404)
            rows = queries.changes(conn, release_id, table, change, offset)
        return view.page(
            request,
            "changes.html",
            release=found[0],
            table=tables[table],
            change=change,
            rows=rows,
            offset=offset,
            more=offset + len(rows) if len(rows) == queries.PAGE else None,
        )

    return routes
