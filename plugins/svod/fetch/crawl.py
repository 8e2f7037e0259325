"""Walks the lists of a source and gathers what is new, changed or gone; the same for every kind of reader.

Lists are read newest first until known reports appear; on a first run back to the beginning, a few pages a
run. What could not be fetched stays pending in the cursor. Nothing here knows how a page is parsed.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from svod.errors import FetchError, UnreadableReport
from svod.models import DateBasis, Item, Outcome
from svod.sources import Source

from .connectors.base import Entry, Listing, Reader
from .cursor import MAX_TRIES, Gap, ListMark, Pending
from .state import NOT_ASKED, Known, Validators
from .visit import Page, Visit
from .withdrawals import withdraw

GONE = frozenset((404, 410))
HOPELESS = ("robots", "forbidden_address", "wrong_type", "too_large", "bad_url")  # no use in asking again
MAX_LISTS = 50  # of one source in one run, those that an index names among them
END = 3  # last entries of a page, of its second half, one of which must be known where a list is
STOP_AFTER = 3  # failures of reports in a row: the host is in trouble, the rest waits for the next run


class Crawl:
    """One run's walk. Results are left in the visit."""

    def __init__(self, visit: Visit, reader: Reader) -> None:
        self._visit, self._reader, self._source = visit, reader, visit.source
        self._known = visit.state.known()
        self._tries = {p.key: p.tries for p in visit.cursor.pending}
        self._queue: dict[str, Entry] = {p.key: _entry(p) for p in visit.cursor.pending}
        self._since = self._source.backfill.since
        self._read_as = _way_of_reading(self._source)
        self._met: set[str] = set()
        self._lists: dict[str, Listing | None] = {}  # with the first page, where it was read
        self._unchanged: list[str] = []
        self._read: list[str] = []  # unchanged ones among them

    def run(self) -> None:
        """Read the lists, fetch the reports, look again at young ones. Never raises for the network."""
        for start in self._reader.start(self._source):
            self._read_list(start)
        for url, mark in list(self._visit.cursor.lists.items()):
            if mark.gaps and url not in self._lists:
                self._close_gaps(url, mark, None)
        self._notice_withdrawn()
        self._visit.cursor.pending = self._fetch_reports(self._source.politeness.max_items)
        self._recheck()
        for url in self._read:
            self._visit.cursor.lists[url].read_at = self._visit.moment()

    # --- lists ---

    def _read_list(self, start: str) -> None:
        """Read a list from its beginning, and the lists that it names."""
        self._lists[start] = None
        mark = self._visit.cursor.lists.setdefault(start, ListMark())
        never_read = mark.sha256 is None
        first = self._lists[start] = self._first_page(start, mark)
        if first is not None:
            self._open_gap(start, mark, first, never_read=never_read)
        self._close_gaps(start, mark, first)
        for url in first.lists if first is not None else ():
            if url not in self._lists and len(self._lists) < MAX_LISTS:
                self._read_list(url)

    def _close_gaps(self, start: str, mark: ListMark, first: Listing | None) -> None:
        """Read on where earlier runs, or this one's first page, left off."""
        budget = self._source.politeness.max_pages
        gaps, mark.gaps = mark.gaps, []
        for gap in gaps:
            put_off = gap.since == mark.read_at  # else the gap is older than what has been put off
            rest, budget = self._follow(gap, budget, first if gap.page == start else None, put_off=put_off)
            if rest is not None:
                mark.gaps.append(rest)

    def _first_page(self, start: str, mark: ListMark) -> Listing | None:
        """The newest entries; None if the page is as it was, or no good."""
        past = Validators(etag=None, last_modified=None, sha256=None, asked_at=self._visit.now)
        if mark.read_as == self._read_as:  # else an unchanged page may hold what was not seen before
            past = replace(past, etag=mark.etag, last_modified=mark.last_modified, sha256=mark.sha256)
        page, listing = self._ask(start, past)
        self._read += [start] if page is not None else []
        if page is None or listing is None:
            self._unchanged += [start] if page is not None else []
            return None
        if (
            listing.entries or listing.lists or self._source.may_be_empty
        ):  # an empty page must not count as known next time
            mark.etag, mark.last_modified, mark.sha256 = page.etag, page.last_modified, page.sha256
            mark.read_as = self._read_as
        return listing

    def _ask(self, url: str, past: Validators | None = None) -> tuple[Page | None, Listing | None]:
        """A page of a list, its entries taken in. (page, None) unchanged; (None, None) failed."""
        try:
            page = self._visit.get(url, validators=past, headers=self._reader.headers())
        except FetchError:
            return None, None
        if page.unchanged:
            return page, None
        try:
            listing = self._reader.read(page, self._source)
        except FetchError as error:
            self._visit.judge(page, items=0, outcome=Outcome(error.outcome), reason=error.reason)
            return None, None
        except UnreadableReport as error:
            return self._spoilt(page, f"{error.code}: {error.reason}")
        except Exception as error:  # noqa: BLE001 - what a hostile page makes a parser raise is that page's error
            return self._spoilt(page, f"unreadable_list: {type(error).__name__}: {error}"[:200])
        self._judge(page, listing, first=past is not None)
        return page, listing

    def _spoilt(self, page: Page, reason: str) -> tuple[None, None]:
        self._visit.judge(page, items=0, outcome=Outcome.ERROR, reason=reason)
        return None, None

    def _judge(self, page: Page, listing: Listing, *, first: bool) -> None:
        for code, reason, key in listing.refused:
            self._visit.reject(code, reason, key, url=page.url)
        if listing.entries or listing.lists or not first:
            self._visit.judge(page, items=len(listing.entries))
        elif self._source.may_be_empty:
            self._visit.judge(page, items=0, outcome=Outcome.EMPTY_DECLARED)
        else:
            reason = "empty: no reports in the list"
            self._visit.judge(page, items=0, outcome=Outcome.EMPTY_UNEXPECTED, reason=reason)

    def _open_gap(self, start: str, mark: ListMark, listing: Listing, *, never_read: bool) -> None:
        """Take the newest entries; if the list goes on before anything known, note where to read on.

        A list that was never read is read to its end, whatever a backfill has brought of it already.
        """
        self._take(listing)
        begun = any(g.until == "end" for g in mark.gaps)
        until: Literal["end", "known"] = "end" if never_read and not begun else "known"
        reached = not never_read and self._ends_known(listing, mark.read_at, put_off=True)
        if listing.next_url and listing.entries and not reached:
            mark.gaps.insert(0, Gap(page=start, until=until, since=mark.read_at))

    def _follow(self, gap: Gap, budget: int, at: Listing | None, *, put_off: bool) -> tuple[Gap | None, int]:
        """Read a list on from a gap; what of it is left, and what of the budget of pages."""
        listing, visited = at, {gap.page}
        if listing is None:
            if budget <= 0:
                return gap, budget
            _, listing = self._ask(gap.page)  # read before: not counted, or one page a run would lead nowhere
            if listing is None:
                return gap, budget
            self._take(listing)
        while True:
            url = listing.next_url
            done = gap.until == "end" and gap.pages >= self._source.backfill.pages
            if not url or url in visited or done or self._too_old(listing):
                return None, budget
            if budget <= 0:
                return gap, budget
            budget -= 1
            _, listing = self._ask(url)
            if listing is None:
                return gap, budget
            visited.add(url)
            gap = gap.model_copy(update={"page": url, "pages": gap.pages + 1})
            self._take(listing)
            known = gap.until == "known" and self._ends_known(listing, gap.since, put_off=put_off)
            if known or not listing.entries:
                return None, budget

    def _ends_known(self, listing: Listing, since: datetime | None, *, put_off: bool) -> bool:
        """Whether the list was read from this page's end on: its top may be pinned, a single one given up.

        What became known after `since` does not tell: a backfill brought it, or a run that left a gap below.
        """
        end = listing.entries[len(listing.entries) // 2 :][-END:]
        return any(
            (put_off and e.key in self._tries)
            or (
                (known := self._known.get(e.key)) is not None and (since is None or known.first_seen <= since)
            )
            for e in end
        )

    def _too_old(self, listing: Listing) -> bool:
        dates = [e.published.date() for e in listing.entries if e.published]
        return self._since is not None and bool(dates) and max(dates) < self._since

    # --- entries ---

    def _take(self, listing: Listing) -> None:
        """Sort entries into new, changed and seen."""
        since = self._since
        for entry in listing.entries:
            if entry.key in self._met:
                continue
            self._met.add(entry.key)
            if since is not None and entry.published and entry.published.date() < since:
                continue
            if entry.body is not None:
                self._take_whole(entry, entry.body)
            elif entry.key in self._known:
                self._visit.seen[entry.key] = None
            else:
                self._queue[entry.key] = entry

    def _take_whole(self, entry: Entry, body: bytes) -> None:
        """An entry that holds its report."""
        self._queue.pop(entry.key, None)
        sha256 = self._visit.keep(entry.url, body, entry.media_type, entry.charset)
        known = self._known.get(entry.key)
        if known is not None and known.body_sha256 == sha256:
            self._visit.seen[entry.key] = None
        else:
            self._add(entry, sha256, entry.media_type, entry.charset)

    def _add(self, entry: Entry, sha256: str, media_type: str, charset: str | None) -> None:
        basis: DateBasis = entry.basis if entry.published else "none"
        self._visit.items[entry.key] = Item(
            source_id=self._source.id,
            natural_key=entry.key,
            url=entry.url,
            body_sha256=sha256,
            media_type=media_type,
            charset=charset,
            title=entry.title,
            published=entry.published,
            published_precision=entry.precision if entry.published else None,
            published_basis=basis,
            selector=entry.selector,
        )

    def _notice_withdrawn(self) -> None:
        """Known reports that should stand between two of a list, and stand in no list at all, are gone."""
        if not self._missing([f for f in self._lists.values() if f is not None])[0]:
            return
        for url in self._unchanged:  # what is missing in one list may stand in another: see them all
            _, listing = self._ask(url)
            self._lists[url] = listing
            if listing is not None:
                self._take(listing)
        firsts = [f for f in self._lists.values() if f is not None]
        gone, spanned = self._missing(firsts)
        if len(firsts) < len(self._lists):
            return
        withdraw(self._visit, gone, spanned, "list")

    def _missing(self, firsts: list[Listing]) -> tuple[list[str], int]:
        """Known reports of days that every list covers which this run has not met; of how many.

        A list covers what is younger than its first page's end, and a list of one page everything.
        """
        spans: list[tuple[datetime, datetime]] = []
        ends: list[datetime] = []
        for listing in firsts:
            dates = [e.published for e in listing.entries if e.published]
            whole = not listing.next_url and (listing.entries or self._source.may_be_empty)
            if not listing.ordered or not (dates or whole):
                return [], 0
            if dates:
                spans.append((min(dates), max(dates)))
            if not whole:
                ends.append(min(dates))
        spanned = [
            key
            for key, k in self._known.items()
            if (day := k.published) and any(a < day < b for a, b in spans) and all(day > end for end in ends)
        ]
        return [key for key in spanned if key not in self._met], len(spanned)

    # --- reports ---

    def _fetch_reports(self, budget: int) -> list[Pending]:
        """Fetch at most so many of the queue; what is left of it for another run."""
        failures = 0
        waiting: list[Pending] = []
        for key, entry in self._queue.items():
            tries = self._tries.get(key, 0)
            if budget <= 0 or failures >= STOP_AFTER:
                waiting.append(_pending(entry, tries))
                continue
            budget -= 1
            try:
                page = self._visit.get(entry.url, validators=None)
            except FetchError as error:
                failures = failures + 1 if error.status not in GONE else 0
                if error.outcome == Outcome.BLOCKED and not error.reason.startswith("robots"):
                    failures = STOP_AFTER
                asked = error.reason.partition(":")[0] not in NOT_ASKED
                self._put_off(entry, tries + asked, error, waiting)
                continue
            failures = 0
            self._visit.judge(page, items=1)
            self._add_page(entry, page)
        return waiting

    def _put_off(self, entry: Entry, tries: int, error: FetchError, waiting: list[Pending]) -> None:
        if error.status in GONE:
            self._visit.reject("gone", f"listed, but answers {error.status}", entry.key, url=entry.url)
        elif tries >= MAX_TRIES or error.reason.startswith(HOPELESS):
            code = error.reason.partition(":")[0]
            self._visit.reject(code, error.reason, entry.key, url=entry.url, tries=tries)
        else:
            waiting.append(_pending(entry, tries))

    def _add_page(self, entry: Entry, page: Page) -> None:
        entry_with_home = entry if entry.selector else _with_selector(entry, self._source.selectors.content)
        charset = self._source.charset or page.charset
        self._add(entry_with_home, page.sha256, page.media_type, charset)

    # --- young reports, looked at again ---

    def _recheck(self) -> None:
        """Ask again, conditionally, for reports that are young and were not asked for lately."""
        limits = self._source.politeness
        young = self._visit.now - timedelta(days=limits.recheck_days)
        lately = self._visit.now - timedelta(hours=limits.recheck_hours)
        budget, failures = limits.max_items, 0
        for key, known in self._known.items():
            if key in self._visit.items or key in self._visit.withdrawn or known.first_seen < young:
                continue
            past = self._visit.state.validators(known.url)
            if past is None or past.asked_at > lately:
                continue
            if budget <= 0 or failures >= STOP_AFTER:
                return
            budget -= 1
            failures = failures + 1 if not self._look_again(key, known, past) else 0

    def _look_again(self, key: str, known: Known, past: Validators) -> bool:
        try:
            page = self._visit.get(known.url, validators=past)
        except FetchError as error:
            if error.status in GONE:
                self._visit.seen.pop(key, None)
                self._visit.withdrawn[key] = None
                return True
            return False
        if page.unchanged:
            self._visit.seen[key] = None
        else:
            self._visit.judge(page, items=1)
            self._visit.seen.pop(key, None)
            entry = Entry(
                key=key,
                url=known.url,
                published=known.published,
                precision=known.precision,
                basis="page" if known.published else "none",
            )
            self._add_page(entry, page)
        return True


def _with_selector(entry: Entry, selector: str | None) -> Entry:
    return replace(entry, selector=selector) if selector else entry


def _way_of_reading(source: Source) -> str:
    """What decides which entries a page of a list yields, as a short hash."""
    how = source.model_dump_json(include={"kind", "selectors", "link_pattern", "full_text", "charset", "vk"})
    return hashlib.sha256(how.encode()).hexdigest()[:12]


def _entry(pending: Pending) -> Entry:
    return Entry(
        key=pending.key,
        url=pending.url,
        title=pending.title,
        published=pending.published,
        precision=pending.precision,
        basis=pending.basis,
    )


def _pending(entry: Entry, tries: int) -> Pending:
    return Pending(
        key=entry.key,
        url=entry.url,
        title=entry.title,
        published=entry.published,
        precision=entry.precision,
        basis=entry.basis,
        tries=tries,
    )
