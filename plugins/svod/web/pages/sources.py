"""Sources: all of them at a glance, one of them in full, and what one run of it brought."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from psycopg import Connection
from starlette.exceptions import HTTPException

from svod.sources import load_sources
from svod.web import health
from svod.web.queries import reports as report_queries
from svod.web.queries import sources as queries
from svod.web.queries.sources import Filled, Run, SourceRow
from svod.web.territories import Territory, subject_of
from svod.web.view import View

PAGE = 30
DAG = "ingest__"


@dataclass(frozen=True, slots=True)
class Line:
    """A source with all that its row shows. `volume`: new reports in the period that the source names."""

    source: SourceRow
    state: health.State
    territory: Territory | None
    runs: list[Run]
    filled: Filled | None
    volume: int


def router(view: View) -> APIRouter:
    routes = APIRouter()
    site = view.site

    @routes.get("/sources")
    def all_sources(
        request: Request,
        region: Annotated[str, Query(max_length=11)] = "",
        state: Annotated[str, Query(max_length=20)] = "",
        page: Annotated[int, Query(ge=1, le=1000)] = 1,
    ) -> Response:
        now = site.clock()
        with site.reading() as conn:
            known, broken = _as_files_say(queries.sources(conn), site.sources_dir)
            in_region = [s for s in known if not region or subject_of(s.territory_oktmo) == region]
            chosen = _worst_first(
                [s for s in in_region if not state or health.state_of(s, now) == state], now
            )
            lines = _lines(view, conn, chosen[(page - 1) * PAGE : page * PAGE], now)
        counts = {s: sum(health.state_of(x, now) == s for x in in_region) for s in health.State}
        return view.page(
            request,
            "sources.html",
            lines=lines,
            regions=health.regions(known, site.territories, now),
            region=site.territories.get(region),
            state=state,
            counts={s: n for s, n in counts.items() if n},
            total=len(in_region),
            shown=len(chosen),
            known=len(known),
            broken=broken,
            page=page,
            pages=-(-len(chosen) // PAGE),
        )

    @routes.get("/sources/{source_id}")
    def one_source(request: Request, source_id: str) -> Response:
        now = site.clock()
        with site.reading() as conn:
            found, broken = _as_files_say(queries.sources(conn, source_id), site.sources_dir, source_id)
            if not found:
                raise HTTPException(404)
            (line,) = _lines(view, conn, found, now)
            attempts = queries.attempts(conn, source_id)
            quarantined = queries.quarantined(conn, source_id)
            reports = report_queries.newest_first(report_queries.listed(conn, source_id, limit=20))
        return view.page(
            request,
            "source.html",
            line=line,
            broken=broken.get(source_id),
            attempts=attempts,
            quarantined=quarantined,
            reports=reports,
            failing=health.failing_for(found[0], now),
            silent=health.silent_for(found[0], now),
        )

    @routes.get("/run")
    def run(
        request: Request,
        dag_id: Annotated[str, Query(max_length=250)],
        run_id: Annotated[str, Query(max_length=250)],
    ) -> Response:
        """What one run brought; reached from the scheduler's own pages."""
        source_id = dag_id.removeprefix(DAG)
        with site.reading() as conn:
            found = queries.sources(conn, source_id) if dag_id.startswith(DAG) else []
            brought = report_queries.of_run(conn, source_id, run_id) if found else []
            reports = report_queries.newest_first(brought)
            attempts = queries.attempts_of_run(conn, source_id, run_id) if found else []
        return view.page(
            request,
            "run.html",
            source=found[0] if found else None,
            dag_id=dag_id,
            run_id=run_id,
            reports=reports,
            attempts=attempts,
        )

    return routes


def _as_files_say(
    rows: list[SourceRow], folder: Path | None, only: str | None = None
) -> tuple[list[SourceRow], dict[str, str]]:
    """Paused or gone as the files say now, not as at the last load; and what is wrong with unusable files."""
    if folder is None or not folder.is_dir():
        return rows, {}
    sources, errors = load_sources(folder, only)
    described = [
        replace(row, paused=sources[row.source_id].paused)
        if row.source_id in sources
        else replace(row, removed=row.source_id not in errors, unusable=row.source_id in errors)
        for row in rows
    ]
    return described, {stem: str(error) for stem, error in errors.items()}


def _worst_first(sources: list[SourceRow], now: datetime) -> list[SourceRow]:
    order = list(health.State)
    return sorted(sources, key=lambda s: (order.index(health.state_of(s, now)), s.title.lower(), s.source_id))


def _lines(view: View, conn: Connection, sources: list[SourceRow], now: datetime) -> list[Line]:
    ids = [s.source_id for s in sources]
    runs = queries.last_runs(conn, ids)
    filled = queries.filled(conn, ids)
    since = {s.source_id: at for s in sources if (at := health.volume_since(s, now))}
    volumes = queries.volumes(conn, since)
    territories = view.site.territories
    return [
        Line(
            source=s,
            state=health.state_of(s, now),
            territory=territories.get(subject_of(s.territory_oktmo) or ""),
            runs=runs[s.source_id],
            filled=filled.get(s.source_id),
            volume=volumes[s.source_id] if s.source_id in volumes else _last_items(runs[s.source_id]),
        )
        for s in sources
    ]


def _last_items(runs: list[Run]) -> int:
    return runs[-1].items if runs else 0
