"""Corrections by people: the queue of doubtful facts, the form about one fact, the journal of decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from svod.web.access import check_form
from svod.web.decisions import Holding
from svod.web.forms import CHOICES, Form, sent_fields, understand
from svod.web.queries import reviews as queries
from svod.web.reading import Shown, read
from svod.web.view import View

BELOW = 0.7  # confidence under which a fact is put before people
CONTEXT = 240  # characters shown on either side of the quote


def router(view: View) -> APIRouter:
    routes = APIRouter()
    site = view.site

    @routes.get("/review")
    def queue(
        request: Request,
        below: Annotated[float, Query(ge=0, le=1.01)] = BELOW,
        after: Annotated[float, Query(ge=-1, le=1)] = -1,
        after_id: Annotated[str, Query(max_length=64)] = "",
    ) -> Response:
        with site.reading() as conn:
            found = queries.queue(conn, below, after, after_id)
        return view.page(
            request, "queue.html", facts=found.facts, below=below, first=after < 0, more=found.next
        )

    @routes.get("/review/journal")
    def journal(request: Request, before: Annotated[int | None, Query(ge=1)] = None) -> Response:
        with site.reading() as conn:
            decisions = queries.journal(conn, before)
        return view.page(request, "journal.html", decisions=decisions, more=len(decisions) == queries.JOURNAL)

    @routes.get("/review/{fact_id}")
    def form(request: Request, fact_id: str, verdict: str = "", back: str = "") -> Response:
        shown, holding = _fact(fact_id)
        return _form_page(request, shown, holding, {"verdict": verdict, "back": back}, {})

    @routes.post("/review/{fact_id}")
    def decide(
        request: Request,
        fact_id: str,
        fields: Annotated[dict[str, str], Depends(sent_fields)],
    ) -> Response:
        user = request.state.svod_user
        check_form(site.secret(), user, site.clock(), fields.get("token", ""), request.headers, site.origins)
        sent = understand(fields)
        if sent.problems:
            shown, holding = _fact(fact_id)
            return _form_page(request, shown, holding, fields, sent.problems, 422)
        report_id = _record(fact_id, sent, user.name)
        if fields.get("back") == "queue":
            return view.redirect(request, "/review", **_place(fields))
        return view.redirect(request, f"/report/{report_id}", anchor=f"fact-{fact_id}")

    def _record(fact_id: str, sent: Form, by: str) -> str:
        with site.writing() as conn:
            home = queries.home(conn, fact_id)
            if home is None:
                raise HTTPException(404)
            queries.record(
                conn,
                fact_id=fact_id,
                verdict=sent.verdict,
                note=sent.note,
                by=by,
                follows=sent.follows,
                corrected=sent.corrected,
            )
        return home.report_id

    def _fact(fact_id: str) -> tuple[Shown, Holding]:
        with site.reading() as conn:
            home = queries.home(conn, fact_id)
            shown = read(conn, home.report_id, home.version_id, home.extractor_version) if home else None
        for holding in shown.holdings if shown else ():
            if shown is not None and holding.metric.id == fact_id:
                return shown, holding
        raise HTTPException(404)

    def _form_page(
        request: Request,
        shown: Shown,
        holding: Holding,
        fields: Mapping[str, str],
        problems: Mapping[str, str],
        status: int = 200,
    ) -> Response:
        at = holding.metric
        return view.page(
            request,
            "review.html",
            status,
            shown=shown,
            holding=holding,
            fields=fields,
            problems=problems,
            choices=CHOICES,
            projects=sorted({p.name for p in shown.projects}),
            before=_tail(shown.text[: at.start]),
            after=_head(shown.text[at.end :]),
        )

    return routes


def _tail(text: str) -> str:
    """The end of what stands before a quote, from a whole word on."""
    return text if len(text) <= CONTEXT else "…" + text[-CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    """The beginning of what stands after it, up to a whole word."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + "…"


def _place(fields: Mapping[str, str]) -> dict[str, str]:
    """Where in the queue the reviewer was."""
    return {name: fields[name] for name in ("below",) if fields.get(name)}
