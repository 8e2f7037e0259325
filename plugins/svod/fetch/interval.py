"""Fetching what a source published in an interval of days, beside its ordinary runs.

Lists are read from their beginning until they are older than the interval. The source's cursor stays as it
is, and with it how far ordinary runs have read: one before, after or meanwhile loses nothing. What could not
be brought in whole is a failure of the run, never a smaller result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from svod.models import Outcome

from .connectors.base import Entry, Listing, Reader
from .crawl import Crawl
from .visit import Visit

UNDONE = "interval_undone"  # how the reason begins when an interval could not be brought in whole
NO_DATES = "the list states no publication dates, by which an interval could be told"
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole days in the source's own zone, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"an interval from {self.first} to {self.last} holds no day")

    @classmethod
    def between(cls, start: datetime, end: datetime, zone: ZoneInfo) -> Interval:
        """The days that [start, end) touches: a list often tells only the day of a report."""
        return cls(start.astimezone(zone).date(), max(start, end - MOMENT).astimezone(zone).date())

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


class IntervalCrawl(Crawl):
    """One walk over the lists for one interval. Reports that are known already are not asked for again."""

    def __init__(self, visit: Visit, reader: Reader, interval: Interval) -> None:
        super().__init__(visit, reader)
        self._interval, self._since = interval, None
        self._queue = {}  # what an ordinary run has put off stays for an ordinary run
        self._day: date | None = None  # of the last entry that had one: an undated one stands in its order
        self._undone: list[str] = []

    def run(self) -> None:
        """Never raises for the network; what is missing is told as an event of its own."""
        ordinary = self._reader.start(self._source)
        starts = self._reader.start(self._source, self._interval.first, self._interval.last)
        for start in starts:
            self._walk(start, narrowed=start not in ordinary)
        waiting = self._fetch_reports(len(self._queue))
        if waiting:
            self._undone.append(f"{len(waiting)} reports could not be fetched yet")
        if self._undone:
            self._visit.note(starts[0], self._worst(), reason=f"{UNDONE}: {'; '.join(self._undone)}"[:500])

    def _walk(self, url: str | None, *, narrowed: bool) -> None:
        """Read a list on until it is older than the interval. `narrowed`: it holds nothing else anyway."""
        limit, visited = self._source.backfill.pages + 1, set[str]()
        self._day = None
        while url is not None and url not in visited:
            if len(visited) >= limit:
                self._undone.append(f"not reached after {limit} pages of the list (backfill.pages)")
                return
            visited.add(url)
            _, listing = self._ask(url)
            if listing is None:
                self._undone.append(f"{url} could not be read")
                return
            self._take(listing)
            if self._day is None and not narrowed:
                self._undone.append(NO_DATES if listing.entries or listing.lists else "the list is empty")
                return
            past = (
                self._day is not None and self._day < self._interval.first
            )  # by its end: the top may be pinned
            url = None if past else listing.next_url

    def _take(self, listing: Listing) -> None:
        """Only the entries of the interval."""
        wanted: list[Entry] = []
        dated = (e.published.date() for e in listing.entries if e.published)
        day = next(dated, self._day) if self._day is None else self._day
        for entry in listing.entries:
            day = entry.published.date() if entry.published else day
            if day is not None and self._interval.holds(day):
                wanted.append(entry)
        self._day = day
        super()._take(replace(listing, entries=tuple(wanted)))

    def _worst(self) -> Outcome:
        return Outcome.BLOCKED if self._visit.blocked else Outcome.ERROR
