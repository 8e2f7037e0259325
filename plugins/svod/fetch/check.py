"""Looking at a source before it is switched on: a few reports with what was read in them, and proposals.

Writes nothing but a temporary archive. The same code fetches as in production, with tighter limits.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

import yaml

from svod.archive import Archive
from svod.errors import FetchError, UnreadableReport
from svod.extract.files.charset import declared_charset, decode
from svod.extract.files.html_select import parse_for_css
from svod.extract.files.text import clean_text
from svod.models import FetchEvent, FetchResult, Item, Outcome, ReportFacts, ReportText
from svod.sources import Source

from .client import Client, ClientSettings
from .connectors.base import Listing, Token
from .politeness import MemoryPoliteness, Politeness
from .run import failure, fetch_source, reader_for
from .state import MemoryState
from .visit import Visit

SAMPLES = 3
_FEEDS = frozenset(("application/rss+xml", "application/atom+xml"))
MIN_LINKS = 3  # fewer articles than this are no list
Read = Callable[[Sequence[ReportText]], Sequence[ReportFacts]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One report as it would be loaded: its text and facts, or why it cannot be read."""

    item: Item
    text: str = ""
    facts: ReportFacts | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a source yields. `found` counts what its lists name; `problem` is empty when it works."""

    source_id: str
    events: tuple[FetchEvent, ...]
    found: int
    samples: tuple[Sample, ...]
    warnings: tuple[str, ...]
    problem: str = ""


def check(
    source: Source,
    *,
    client_settings: ClientSettings,
    read: Read,
    politeness: Politeness | None = None,
    token: Token = str,
) -> CheckReport:
    """Fetch the newest list and up to three reports, and read them (`read`: the reader's read_many)."""
    limits = source.politeness.model_copy(update={"max_items": SAMPLES, "max_pages": 1, "recheck_days": 0})
    careful = source.model_copy(update={"politeness": limits})
    with tempfile.TemporaryDirectory(prefix="svod-check-") as folder:
        archive = Archive(folder)
        result = fetch_source(
            careful,
            archive=archive,
            state=MemoryState(),
            politeness=politeness or MemoryPoliteness(),
            client_settings=client_settings,
            run_id="check",
            token=token,
        )
        samples = _samples(source, archive, result.items[:SAMPLES], read)
    failed = failure(result)
    return CheckReport(
        source_id=source.id,
        events=result.events,
        found=max(sum(e.items for e in result.events if e.url in source.urls), len(result.items)),
        samples=tuple(samples),
        warnings=tuple(_warnings(source, result, samples)),
        problem=f"{failed[0]}: {failed[1]}" if failed else "",
    )


def _samples(source: Source, archive: Archive, items: Sequence[Item], read: Read) -> list[Sample]:
    texts: dict[int, ReportText] = {}
    problems: dict[int, str] = {}
    for i, item in enumerate(items):
        try:
            clean = clean_text(archive.get(item.body_sha256), item.media_type, item.charset, item.selector)
        except UnreadableReport as error:
            problems[i] = f"{error.code}: {error.reason}"
            continue
        published = item.published or clean.published
        texts[i] = ReportText(
            text=clean.text,
            title=item.title or clean.title,
            published=published.date() if published else None,
            regions=(source.territory.iso,) if source.territory.iso else (),
        )
    facts = dict(zip(texts, read(list(texts.values())), strict=True))
    return [
        Sample(
            item=item,
            text=texts[i].text if i in texts else "",
            facts=facts.get(i),
            problem=problems.get(i, ""),
        )
        for i, item in enumerate(items)
    ]


def _warnings(source: Source, result: FetchResult, samples: Sequence[Sample]) -> list[str]:
    warnings = [f"{r.code}: {r.reason} ({r.key})" for r in result.rejections]
    if samples and not any(s.item.published for s in samples):
        warnings.append("no list date: the date is taken from the report's page or text")
    short = [s for s in samples if not s.problem and len(s.text) < 200]
    if short and len(short) == len(samples):
        warnings.append("all samples are shorter than 200 characters: is this the report or its teaser?")
    if source.verified == "never":
        warnings.append("never verified: set `verified` to today's date once this looks right")
    return warnings


# --- proposing ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One way to read a site, with how many reports it found there."""

    kind: str
    url: str
    found: int
    why: str


def probe(
    url: str, *, client_settings: ClientSettings, politeness: Politeness | None = None
) -> list[Proposal]:
    """The ways a site can be read, best first; empty if none was found. Raises FetchError if it is down."""
    with tempfile.TemporaryDirectory(prefix="svod-probe-") as folder:
        visit = _visit(url, folder, client_settings, politeness or MemoryPoliteness())
        page = visit.get(url)
        proposals = []
        for kind, address, why in _candidates(url, page.final_url, page.body, page.charset):
            found = _try(visit, kind, address)
            if found is not None and len(found.entries) >= (MIN_LINKS if kind == "listing" else 1):
                proposals.append(Proposal(kind=kind, url=address, found=len(found.entries), why=why))
    order = {"wordpress": 0, "rss": 1, "telegram": 1, "listing": 2, "sitemap": 3}
    return sorted(proposals, key=lambda p: (order[p.kind], -p.found))


def _candidates(url: str, final: str, body: bytes, charset: str | None) -> list[tuple[str, str, str]]:
    parts = urlsplit(final)
    if parts.hostname in {"t.me", "telegram.me"}:
        name = parts.path.strip("/").removeprefix("s/").split("/")[0]
        return [("telegram", f"https://t.me/s/{name}", "a public channel's preview")]
    text = decode(body, charset or declared_charset(body))[0]
    if any(mark in text[:1000].lower() for mark in ("<rss", "<feed", "<rdf")):
        return [("rss", url, "the address itself is a feed")]
    site = urlunsplit((parts.scheme, parts.netloc, "/", "", ""))
    found: list[tuple[str, str, str]] = []
    tree = parse_for_css(text)
    if tree.css_first('link[rel="https://api.w.org/"]') is not None or "/wp-content/" in text:
        found.append(("wordpress", site, "the page names WordPress's REST interface"))
    found.extend(
        ("rss", urljoin(final, link.attributes.get("href") or ""), "the page names this feed")
        for link in tree.css("link[rel=alternate][href]")[:5]
        if link.attributes.get("type") in _FEEDS
    )
    found.append(("listing", final, "links to articles found on the page itself"))
    found.append(("sitemap", urljoin(site, "sitemap.xml"), "the customary place"))
    return found


def _try(visit: Visit, kind: str, address: str) -> Listing | None:
    source = _draft(kind, address)
    try:
        reader = reader_for(source)
        start = reader.start(source)[0]
        return reader.read(visit.get(start), source)
    except (FetchError, UnreadableReport, ValueError):
        return None


def _draft(kind: str, url: str) -> Source:
    return Source.model_validate(
        {
            "id": "probe",
            "title": "probe",
            "publisher": {"name": "probe"},
            "territory": {"oktmo": "00000000"},
            "kind": kind,
            "urls": [url],
            "owner": "probe",
            "licence": "probe",
        }
    )


def _visit(url: str, folder: str, settings: ClientSettings, politeness: Politeness) -> Visit:
    return Visit(
        _draft("listing", url),
        archive=Archive(folder),
        state=MemoryState(),
        politeness=politeness,
        client=Client(settings),
        run_id="probe",
        now=datetime.now(UTC),
    )


def propose_yaml(
    proposal: Proposal, *, title: str, publisher: str, oktmo: str, iso: str | None, owner: str, timezone: str
) -> str:
    """The YAML of a new source, paused and unverified, for a person to complete. Its file name is its id."""
    territory = {"oktmo": oktmo, **({"iso": iso} if iso else {})}
    document = {
        "title": title,
        "publisher": {"name": publisher},
        "territory": territory,
        "kind": proposal.kind,
        "urls": [proposal.url],
        "schedule": {"cron": "0 6 * * *", "timezone": timezone},
        "politeness": {"delay": 3.0, "daily_cap": 500},
        "expected": {"min_items": 1, "max_items": 200, "period": "month", "silence_days": 45},
        "owner": owner,
        "licence": "unknown",
        "paused": True,
        "verified": "never",
        "citation": [f"probed on {datetime.now(UTC).date().isoformat()}: {proposal.why}"],
    }
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


def outcomes(events: Sequence[FetchEvent]) -> dict[Outcome, int]:
    """How many attempts ended how."""
    return {o: n for o in Outcome if (n := sum(e.outcome is o for e in events))}
