"""What the page around an organisation tells its role: whose page it is, who else is named, how often, where.

Signs for one organisation among all of its report. Weighs nothing: `partner_roles` does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svod.extract.partners.org_join import Organisation
from svod.extract.partners.partner_turns import is_of_the_field, is_service
from svod.extract.partners.partner_work import is_social, only_helps
from svod.models import PartnerType, ProjectKind

LEAD = 700  # characters that open the report
_GIVES = re.compile("грант|инициатив", re.IGNORECASE)
_ASKED = re.compile(r"(?m)^\s*[—–-]\s[^\n]{5,200}\?\s*$")
_WE = re.compile(
    r"(?<![а-яё])(?:мы|нас|нам|нами|наш(?:а|е|и|его|ему|ей|их|им|ими|у)?)(?![а-яё])", re.IGNORECASE
)
MANY = 3
_BESIDE: tuple[PartnerType, ...] = ("authority", "ngo", "foundation", "institution")


@dataclass(frozen=True)
class Page:
    """What is the same for all organisations of a report, and the order in which they come."""

    owner: str  # «press» for a press service, «none» without a publisher, else «published»
    owner_type: str
    first_project: ProjectKind | None
    said_we: int  # up to MANY
    interview: bool
    order: dict[int, int]  # id of an organisation → its place among them
    types: Counter[PartnerType]


def read_page(
    text: str,
    organisations: Sequence[Organisation],
    owner: str,
    owner_type: PartnerType | None,
    first_project: ProjectKind | None,
) -> Page:
    ordered = sorted(organisations, key=lambda o: min(m.start for m in o.mentions))
    said = len(_WE.findall(text))
    return Page(
        owner=owner,
        owner_type=owner_type or "none",
        first_project=first_project,
        said_we=min(said, MANY),
        interview=said >= MANY and _ASKED.search(text) is not None,
        order={id(o): k for k, o in enumerate(ordered)},
        types=Counter(o.best.type for o in organisations),
    )


def of_page(page: Page, organisation: Organisation, *, in_body: int, publishes: bool) -> Iterator[str]:
    """The signs of one organisation; `in_body`: mentions outside signatures, `publishes`: it is its page."""
    kind, rule = organisation.best.type, organisation.best.rule
    mentions = len(organisation.mentions)
    yield from ("any", f"type {kind}", f"mentions {min(mentions, 4)}", f"found {rule}")
    if not in_body:
        yield "signature only"
    if in_body < mentions:
        yield "also in signature"
    yield f"anaphoric {min(mentions - len(organisation.named), 3)}"
    if publishes:
        yield from ("publisher", f"publisher {kind}")
    yield f"page {page.owner}"
    if page.owner != "none":
        yield from (f"page of {page.owner_type}", f"{kind} on page of {page.owner_type}")
    yield from _twice(kind, f"first project {page.first_project}")
    yield from _twice(kind, f"order {min(page.order[id(organisation)], 3)}")
    yield f"organisations {min(page.types.total(), 8) // 2}"
    if page.types[kind] == 1:
        yield f"only {kind}"
    yield from (f"{kind} beside {other}" for other in _BESIDE if page.types[other] > (other == kind))
    if min((m.start for m in organisation.named), default=LEAD) < LEAD:
        yield from _twice(kind, "in lead")
    if page.interview:
        yield from _twice(kind, "interview")
    yield from _twice(kind, f"we {page.said_we}")
    yield from _of_name(organisation)


def _of_name(organisation: Organisation) -> Iterator[str]:
    """The field of its work, and the word that says what it is."""
    name, kind, head = organisation.name, organisation.best.type, organisation.best.head
    if is_social(name):
        yield from _twice(kind, "social")
    if only_helps(name, kind):
        yield "other field"
    if is_of_the_field(name):
        yield f"{kind} own field"
    if is_service(name):
        yield "service"
    if head:
        yield f"{kind} head {head}"
    if _GIVES.search(name):
        yield "grants by name"


def _twice(kind: PartnerType, sign: str) -> tuple[str, str]:
    """A sign for all, and for organisations of this type."""
    return sign, f"{kind} {sign}"
