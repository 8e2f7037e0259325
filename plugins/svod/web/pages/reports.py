"""Reports: found, read with their evidence, compared between versions, given out as annotated reports."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from svod.web.annotation import annotated
from svod.web.differences import compare
from svod.web.queries import reports as queries
from svod.web.queries import reviews
from svod.web.reading import Shown, read
from svod.web.view import View

Id = Annotated[str, Query(max_length=64)]


def router(view: View) -> APIRouter:
    routes = APIRouter()
    site = view.site

    @routes.get("/reports")
    def all_reports(
        request: Request,
        q: Annotated[str, Query(max_length=2000)] = "",
        source: Annotated[str, Query(max_length=64)] = "",
        before: datetime | None = None,
        before_id: Id = "",
    ) -> Response:
        """Reports, latest first; `q` finds them by id, a fact's id, address, words of the title."""
        wanted = q.strip()
        with site.reading() as conn:
            rows = (
                queries.found(conn, wanted)
                if wanted
                else queries.listed(conn, source or None, before, before_id or None)
            )
        if wanted and len(rows) == 1:
            return view.redirect(request, f"/report/{rows[0].report_id}", anchor=f"fact-{wanted}")
        more = rows[-1] if not wanted and len(rows) == queries.PAGE else None
        rows = queries.newest_first(rows)
        return view.page(request, "reports.html", rows=rows, q=wanted, source=source, more=more)

    @routes.get("/report/{report_id}")
    def one_report(request: Request, report_id: str, version: Id = "", reading: Id = "") -> Response:
        shown = _shown(report_id, version, reading)
        verdicts = {holding.metric.id: holding.verdict for holding in shown.holdings}
        return view.page(request, "report.html", shown=shown, verdicts=verdicts)

    @routes.get("/report/{report_id}/difference")
    def difference(request: Request, report_id: str, old: Id = "", new: Id = "") -> Response:
        """What changed between two versions; by default the last two."""
        with site.reading() as conn:
            report = queries.report(conn, report_id)
            versions = queries.versions(conn, report_id)
            if report is None or not versions:
                raise HTTPException(404)
            known = {v.version_id: v for v in versions}
            after = known.get(new, versions[0])
            before = known.get(old) or versions[min(versions.index(after) + 1, len(versions) - 1)]
            texts = [queries.text_of(conn, v.version_id) for v in (before, after)]
        return view.page(
            request,
            "difference.html",
            report=report,
            versions=versions,
            before=before,
            after=after,
            lines=compare(*texts),
        )

    @routes.get("/report/{report_id}/annotation.json")
    def annotation(report_id: str) -> Response:
        """The report with people's decisions, in the schema of the annotated reports of tests/eval."""
        shown = _shown(report_id)
        gold = annotated(shown.facts, shown.projects, shown.partners, shown.holdings)
        body = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
        return _download(body, "application/json", f"{report_id}.json")

    @routes.get("/report/{report_id}/annotation.txt")
    def annotation_text(report_id: str) -> Response:
        """The text that goes with the annotation."""
        return _download(_shown(report_id).text, "text/plain; charset=utf-8", f"{report_id}.txt")

    @routes.get("/fact/{fact_id}")
    def fact(request: Request, fact_id: str) -> Response:
        """To the report of a fact, at its sentence."""
        with site.reading() as conn:
            home = reviews.home(conn, fact_id)
        if home is None:
            raise HTTPException(404)
        return view.redirect(request, f"/report/{home.report_id}", anchor=f"fact-{fact_id}", **home.reading)

    def _shown(report_id: str, version: str = "", reading: str = "") -> Shown:
        with site.reading() as conn:
            shown = read(conn, report_id, version, reading)
        if shown is None:
            raise HTTPException(404)
        return shown

    return routes


def _download(body: str, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body.encode("utf-8", "replace"), media_type=media_type, headers=headers)
