"""Partners: found, seen with all their names, joined or kept apart by people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from psycopg import Connection
from starlette.exceptions import HTTPException

from svod.web.access import check_form
from svod.web.forms import sent_fields
from svod.web.judging import Judging, understand_judgement
from svod.web.queries import partners as queries
from svod.web.queries.partners import Name
from svod.web.queries.reviews import Stale
from svod.web.view import View, url

Text = Annotated[str, Query(max_length=500)]
Key = Annotated[str, Query(max_length=64)]


def router(view: View) -> APIRouter:
    routes = APIRouter()
    site = view.site

    @routes.get("/partners")
    def all_partners(
        request: Request, q: Text = "", offset: Annotated[int, Query(ge=0, le=100_000)] = 0
    ) -> Response:
        """Partners found by name; without a name the pairs that the rules leave to people."""
        wanted = q.strip()
        with site.reading() as conn:
            found = queries.found(conn, wanted) if wanted else []
            pairs = [] if wanted else queries.unsure(conn, offset=offset)
        more = offset + len(pairs) if len(pairs) == queries.PAGE else None
        return view.page(
            request, "partners.html", q=wanted, found=found, pairs=pairs, offset=offset, more=more
        )

    @routes.get("/partners/decisions")
    def decisions(request: Request, before: Annotated[int | None, Query(ge=1)] = None) -> Response:
        with site.reading() as conn:
            judged = queries.judged(conn, before)
        return view.page(request, "judgements.html", judged=judged, more=len(judged) == queries.PAGE)

    @routes.get("/partners/pair")
    def pair(request: Request, left: Key, right: Key) -> Response:
        return _pair_page(request, min(left, right), max(left, right), {}, {})

    @routes.post("/partners/pair")
    def judge(request: Request, fields: Annotated[dict[str, str], Depends(sent_fields)]) -> Response:
        user = request.state.svod_user
        check_form(site.secret(), user, site.clock(), fields.get("token", ""), request.headers, site.origins)
        sent = understand_judgement(fields)
        if sent.problems:
            return _pair_page(request, sent.left, sent.right, fields, sent.problems, 422)
        try:
            _record(sent, user.name)
        except Stale as stale:
            look = url(request, "/partners/pair", left=sent.left, right=sent.right)
            return view.page(request, "stale.html", 409, why=str(stale), look=look)
        return view.redirect(request, "/partners/decisions")

    @routes.get("/partner/{partner_id}")
    def one_partner(request: Request, partner_id: str, q: Text = "") -> Response:
        wanted = q.strip()
        with site.reading() as conn:
            partner = queries.partner(conn, partner_id)
            if partner is None:
                raise HTTPException(404)
            if partner.merged_into is not None:
                return view.redirect(request, f"/partner/{partner.merged_into}")
            names = queries.names(conn, partner_id)
            found = queries.found(conn, wanted, but=partner_id) if wanted else []
            mains = queries.main_names(conn, [p.partner_id for p in found])
            keys = [n.name_key for n in names]
            return view.page(
                request,
                "partner.html",
                partner=partner,
                names=names,
                q=wanted,
                found=[(p, mains[p.partner_id]) for p in found],
                pairs=queries.unsure(conn, keys),
                judged=queries.judged_about(conn, keys),
                reports=queries.mentions(conn, partner_id),
            )

    def _record(sent: Judging, by: str) -> None:
        with site.writing() as conn:
            left, right = _names(conn, sent.left, sent.right)
            queries.record(
                conn,
                left,
                right,
                verdict=sent.verdict,
                reason=sent.reason,
                by=by,
                follows=sent.follows,
                seen=sent.seen,
            )

    def _pair_page(
        request: Request,
        left: str,
        right: str,
        fields: Mapping[str, str],
        problems: Mapping[str, str],
        status: int = 200,
    ) -> Response:
        with site.reading() as conn:
            both = _names(conn, left, right)
            judged = queries.of_pair(conn, left, right)
            reports = [queries.mentions(conn, name.partner_id, limit=5) for name in both]
        return view.page(
            request,
            "pair.html",
            status,
            sides=list(zip(both, reports, strict=True)),
            joined=both[0].partner_id == both[1].partner_id,
            judged=judged,
            fields=fields,
            problems=problems,
        )

    return routes


def _names(conn: Connection, left: str, right: str) -> tuple[Name, Name]:
    """The two names, in the order of their keys; 404 unless both are known and different."""
    found = queries.name(conn, left), queries.name(conn, right)
    if found[0] is None or found[1] is None or not left < right:
        raise HTTPException(404)
    return found[0], found[1]
