"""One run at one source: every request goes through here and leaves an event.

Puts politeness, robots.txt, retries, the archive and the journal of an unfinished run around the bare client.
It must not know how a list or a report is read.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from svod.archive import Archive
from svod.errors import ArchiveError, FetchError
from svod.extract.files.charset import decode
from svod.models import FetchEvent, FetchResult, Item, Outcome, Rejection, Snapshot
from svod.sources import Source

from .client import Client, HttpFailure, Response
from .cursor import Cursor, RobotsMark
from .politeness import Politeness
from .robots import Robots, host_of, robots_url
from .state import FetchState, Validators

ROBOTS_KEPT = timedelta(hours=24)  # RFC 9309: no longer
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A fetched body; `unchanged` when the server said so (then it is empty) or the bytes are the same."""

    url: str
    final_url: str
    body: bytes
    sha256: str
    media_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    unchanged: bool
    event: int  # its place among the visit's events


class Visit:
    """The requests of one run, and what it has gathered: events, snapshots, items, rejections."""

    def __init__(
        self,
        source: Source,
        *,
        archive: Archive,
        state: FetchState,
        politeness: Politeness,
        client: Client,
        run_id: str,
        now: datetime,
        clock: Clock = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.source, self.archive, self.state, self.now = source, archive, state, now
        self.zone = ZoneInfo(source.schedule.timezone)
        self.cursor = Cursor.read(state.cursor())
        self.items: dict[str, Item] = {}
        self.seen: dict[str, None] = {}
        self.withdrawn: dict[str, None] = {}
        self.rejections: list[Rejection] = []
        self._run_id, self._client, self._politeness = run_id, client, politeness
        self._clock, self._sleep = clock, sleep
        self._events: list[FetchEvent] = []
        self._snapshots: dict[tuple[str, str], Snapshot] = {}
        self._robots: dict[str, Robots | None] = {}
        self._done = archive.read_parts(source.id, run_id)
        self._asked = 0
        self._asked_before = state.requests_since(now - timedelta(days=1))

    # --- asking ---

    def get(
        self, url: str, *, validators: Validators | None = None, headers: Mapping[str, str] | None = None
    ) -> Page:
        """The body at a url, politely and with retries. Raises FetchError; either way events are recorded."""
        done = self._from_journal(url)
        if done is not None:
            return done
        sent = {**(headers or {}), **_conditions(validators)}
        attempt = 0
        while True:
            try:
                return self._attempt(url, sent, validators)
            except HttpFailure as failure:
                wait = self._wait_before_retry(failure, attempt, url)
                if wait is None:
                    raise
                attempt += 1
                self._sleep(wait)

    def _attempt(self, url: str, headers: Mapping[str, str], validators: Validators | None) -> Page:
        started, before = self._clock(), len(self._events)
        try:
            self._spend()
            response = self._client.get(url, headers, turn=self._turn)
        except FetchError as error:
            new = self._events[before:]  # of robots.txt; where it failed the url itself was not asked for
            if not any(e.url == robots_url(url) and e.reason == error.reason for e in new):
                self._record(
                    url,
                    started,
                    Outcome(error.outcome),
                    status=error.status,
                    size=error.wire_bytes if isinstance(error, HttpFailure) else 0,
                    reason=error.reason,
                )
            raise
        return self._received(url, started, response, validators)

    def _spend(self) -> None:
        self._asked += 1
        cap = self.source.politeness.daily_cap
        if self._asked + self._asked_before > cap:
            raise FetchError(Outcome.BLOCKED, f"daily_cap: our own limit of {cap} requests a day is reached")

    @contextmanager
    def _turn(self, url: str) -> Iterator[None]:
        """One request's turn at its host, if robots.txt allows it. Raises FetchError."""
        rules = self._rules(url)
        if rules is not None and not rules.allows(url):
            raise FetchError(Outcome.BLOCKED, "robots: robots.txt asks visitors not to come here")
        with self._turn_at_host(url, self._delay(rules)):
            yield

    def _delay(self, rules: Robots | None) -> float:
        """Seconds between requests: ours, or the host's own wish if that is longer."""
        asked_for = min(rules.delay(), 120.0) if rules is not None else 0.0
        return max(self.source.politeness.delay, asked_for)

    def _turn_at_host(self, url: str, delay: float) -> AbstractContextManager[None]:
        return self._politeness.turn(host_of(url), delay, self._client.settings.patience)

    def _wait_before_retry(self, failure: HttpFailure, attempt: int, url: str) -> float | None:
        """Seconds to wait before another attempt, None if there is to be none."""
        settings = self._client.settings
        asked = _retry_after(failure.retry_after, self._clock())
        if asked is not None:
            self._politeness.hold(host_of(url), min(asked, 3600.0))
        if not failure.retry or attempt >= settings.retries:
            return None
        if asked is not None:
            return 0.0 if asked <= settings.max_retry_after else None  # politeness does the waiting
        return settings.retry_wait * 2.0**attempt

    def _received(
        self, url: str, started: datetime, response: Response, validators: Validators | None
    ) -> Page:
        before = validators.sha256 if validators else None
        if response.status == 304:
            event = self._record(
                url,
                started,
                Outcome.NOT_MODIFIED,
                status=304,
                etag=response.etag or (validators.etag if validators else None),
                modified=response.last_modified or (validators.last_modified if validators else None),
            )
            return self._page(url, response, before or "", unchanged=True, event=event)
        sha256 = self.archive.put(response.body)
        snapshot = Snapshot(
            source_id=self.source.id,
            url=url,
            sha256=sha256,
            fetched_at=self._clock(),
            storage_uri=self.archive.location(sha256),
            media_type=response.media_type,
            charset=response.charset,
            size=len(response.body),
            final_url=response.url if response.url != url else None,
        )
        self._snapshots.setdefault((url, sha256), snapshot)
        same = sha256 == before
        event = self._record(
            url,
            started,
            Outcome.NOT_MODIFIED if same else Outcome.OK,
            status=response.status,
            size=response.wire_bytes,
            etag=response.etag,
            modified=response.last_modified,
        )
        self._journal(url, event, snapshot)
        return self._page(url, response, sha256, unchanged=same, event=event)

    @staticmethod
    def _page(url: str, response: Response, sha256: str, *, unchanged: bool, event: int) -> Page:
        return Page(
            url=url,
            final_url=response.url,
            body=response.body,
            sha256=sha256,
            media_type=response.media_type,
            charset=response.charset,
            etag=response.etag,
            last_modified=response.last_modified,
            unchanged=unchanged,
            event=event,
        )

    # --- robots.txt ---

    def _rules(self, url: str) -> Robots | None:
        if self.source.politeness.robots == "api":
            return None
        origin = robots_url(url)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        return self._robots[origin]

    def _read_robots(self, origin: str) -> Robots | None:
        mark = self.cursor.robots.get(origin)
        if mark is not None and self.now - mark.read_at < ROBOTS_KEPT:
            if mark.sha256 is None:
                return None
            try:
                return self._parsed(self.archive.get(mark.sha256))
            except ArchiveError:
                del self.cursor.robots[origin]
        body = self._fetch_robots(origin)
        sha256 = self.archive.put(body) if body is not None else None
        self.cursor.robots[origin] = RobotsMark(sha256=sha256, read_at=self.now)
        rules = self._parsed(body) if body is not None else None
        self._politeness.hold(host_of(origin), self._delay(rules))  # it has just been asked for this
        return rules

    def _parsed(self, body: bytes) -> Robots:
        return Robots(decode(body)[0], self._client.settings.user_agent)

    def _fetch_robots(self, origin: str) -> bytes | None:
        """The rules' bytes, None where there are none. Raises FetchError where it cannot be known."""
        started = self._clock()
        delay = self.source.politeness.delay
        try:
            response = self._client.get(origin, turn=lambda url: self._turn_at_host(url, delay))
        except FetchError as error:
            missing = error.status is not None and 400 <= error.status < 500 and error.status != 429
            self._record(
                origin,
                started,
                Outcome.OK if missing else Outcome(error.outcome),
                status=error.status,
                reason="" if missing else error.reason,
            )
            if missing:
                return None
            raise
        self._record(origin, started, Outcome.OK, status=response.status, size=response.wire_bytes)
        return response.body if not response.media_type.startswith("text/html") else None

    # --- events ---

    def _record(
        self,
        url: str,
        started: datetime,
        outcome: Outcome,
        *,
        status: int | None = None,
        size: int = 0,
        etag: str | None = None,
        modified: str | None = None,
        reason: str = "",
    ) -> int:
        self._events.append(
            FetchEvent(
                source_id=self.source.id,
                url=url,
                started_at=started,
                ended_at=self._clock(),
                outcome=outcome,
                http_status=status,
                bytes=size,
                etag=etag,
                last_modified=modified,
                reason=reason,
            )
        )
        return len(self._events) - 1

    def judge(self, page: Page, *, items: int, outcome: Outcome | None = None, reason: str = "") -> None:
        """Complete the event of a page once it has been read: how many reports, or why it was no good."""
        event = self._events[page.event]
        self._events[page.event] = replace(
            event, items=items, outcome=outcome or event.outcome, reason=reason or event.reason
        )

    @property
    def blocked(self) -> bool:
        """Whether any request was refused."""
        return any(event.outcome is Outcome.BLOCKED for event in self._events)

    def moment(self) -> datetime:
        """Now, by the clock of the events."""
        return self._clock()

    def note(self, url: str, outcome: Outcome, *, items: int = 0, reason: str = "") -> None:
        """An event for something that is no HTTP request (a folder that was listed)."""
        index = self._record(url, self._clock(), outcome, reason=reason)
        self._events[index] = replace(self._events[index], items=items)

    def keep(self, url: str, body: bytes, media_type: str, charset: str | None = None) -> str:
        """Archive a body that was not fetched by `get` (a file, a part of a page); its sha256."""
        sha256 = self.archive.put(body)
        self._snapshots.setdefault(
            (url, sha256),
            Snapshot(
                source_id=self.source.id,
                url=url,
                sha256=sha256,
                fetched_at=self._clock(),
                storage_uri=self.archive.location(sha256),
                media_type=media_type,
                charset=charset,
                size=len(body),
            ),
        )
        return sha256

    def reject(self, code: str, reason: str, key: str, **payload: str | int | list[str] | None) -> None:
        self.rejections.append(
            Rejection(
                source_id=self.source.id,
                stage="fetch",
                code=code,
                reason=reason,
                key=key,
                payload=dict(payload),
            )
        )

    # --- the journal of an unfinished run ---

    def _journal(self, url: str, event: int, snapshot: Snapshot) -> None:
        part = FetchResult(
            source_id=self.source.id,
            run_id=self._run_id,
            events=(self._events[event],),
            snapshots=(snapshot,),
            items=(),
        )
        self.archive.write_part(self.source.id, self._run_id, _part(url), part)

    def _from_journal(self, url: str) -> Page | None:
        """What an earlier, interrupted attempt of this same run already fetched from the url."""
        part = self._done.pop(_part(url), None)
        if part is None or not part.events or not part.snapshots or part.events[0].url != url:
            return None
        event, snapshot = part.events[0], part.snapshots[0]
        try:
            body = self.archive.get(snapshot.sha256)
        except ArchiveError:
            return None
        self._events.append(event)
        self._snapshots.setdefault((url, snapshot.sha256), snapshot)
        return Page(
            url=url,
            final_url=snapshot.final_url or url,
            body=body,
            sha256=snapshot.sha256,
            media_type=snapshot.media_type,
            charset=snapshot.charset,
            etag=event.etag,
            last_modified=event.last_modified,
            unchanged=event.outcome is Outcome.NOT_MODIFIED,
            event=len(self._events) - 1,
        )

    def result(self) -> FetchResult:
        """All that this run saw."""
        return FetchResult(
            source_id=self.source.id,
            run_id=self._run_id,
            events=tuple(self._events),
            snapshots=tuple(self._snapshots.values()),
            items=tuple(self.items.values()),
            rejections=tuple(self.rejections),
            seen=tuple(self.seen),
            withdrawn=tuple(self.withdrawn),
            cursor=self.cursor.write(),
        )


def _part(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _conditions(validators: Validators | None) -> dict[str, str]:
    headers: dict[str, str] = {}
    if validators is not None and validators.sha256:
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
    return headers


def _retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds, from a number or an HTTP date. None if there is none that makes sense."""
    if not value:
        return None
    value = value.strip()
    if value.isdigit():
        return float(value) if len(value) < 9 else None
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
