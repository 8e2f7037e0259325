"""The three steps of an ingest run: fetch into the archive, read in batches, load in one transaction.

Between them pass files of the archive under names made of source and run, so that every step can be
repeated: the same run fetches, reads and loads the same.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from svod import warehouse
from svod.archive import Archive, ArchivedFetch
from svod.config import CHECKOUT, Settings
from svod.errors import ArchiveError, BodyLost, SourceError, Told, UnreadableReport
from svod.extract.files.text import clean_text, substance_sha256
from svod.extract.reader import read_many
from svod.extract.version import EXTRACTOR_VERSION, config_hash
from svod.fetch import ClientSettings, Interval, PostgresPoliteness, PostgresState, failure, fetch_source
from svod.models import FetchResult, Item, Outcome, ReadReport, Rejection, ReportFacts, ReportText
from svod.quality.masking import mask_texts
from svod.sources import Source, load_source
from svod.warehouse.load import observed_at

logger = logging.getLogger(__name__)

BATCH = 25  # reports an extract task reads: long enough to pay for its start, short enough to spread

_READ = TypeAdapter(ReadReport)
_REJECTED = TypeAdapter(Rejection)


@dataclass(frozen=True, slots=True)
class Batch:
    """Items [start, stop) of the fetch of one run."""

    run_id: str
    start: int
    stop: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class SourceFailed(Told):
    """A fetch gave nothing that can be used; what was tried is in raw.fetch_event all the same."""

    def __init__(self, source_id: str, outcome: Outcome, reason: str) -> None:
        super().__init__(f"{source_id}: {outcome}: {reason}")
        self.outcome = outcome


def named_interval(first: str | None, last: str | None) -> Interval:
    """The days from `first` to `last` (ISO dates, both included). Raises SourceError."""
    if not first or not last:
        raise SourceError("a backfill needs both its first and its last day: from and to")
    try:
        return Interval(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise SourceError(f"from {first} to {last}: {error}") from error


def interval_between(source_id: str, start: datetime, end: datetime) -> Interval:
    """The source's own days that [start, end) touches."""
    source = find_source(Settings(), source_id)
    return Interval.between(start, end, ZoneInfo(source.schedule.timezone))


def fetch_run(
    source_id: str,
    *,
    run_id: str,
    dsn: str,
    secret: Callable[[str], str],
    interval: Interval | None = None,
) -> list[Batch]:
    """Pull what is new, or what was published in an interval, into the archive; the batches to read.

    `secret` gives the password of a named connection; only a source that needs a token asks for one.
    Raises SourceFailed when the source gave nothing usable; what was tried is loaded before.
    """
    settings = Settings()
    source = find_source(settings, source_id)
    with warehouse.connect(dsn, autocommit=True, name=f"svod fetch {source_id}") as conn:
        result = fetch_source(
            source,
            archive=Archive(settings.archive),
            state=PostgresState(conn, source),
            politeness=PostgresPoliteness(conn),
            client_settings=client_settings(settings),
            run_id=run_id,
            token=lambda: secret(source.vk.connection) if source.vk else "",
            interval=interval,
        )
    if failed := failure(result):
        load_run(source_id, run_id=run_id, reads=[], dsn=dsn)
        raise SourceFailed(source_id, *failed)
    return _batches(run_id, len(result.items))


def outcomes(source_id: str, run_id: str) -> dict[str, int]:
    """How the attempts of a run ended: outcome → how many."""
    events = Archive(Settings().archive).read_result(source_id, run_id).events
    return dict(Counter(event.outcome.value for event in events))


def client_settings(settings: Settings) -> ClientSettings:
    """How this stack asks: who it says it is, and whether it may ask its own machine."""
    return ClientSettings(
        user_agent=settings.user_agent,
        allow_private_addresses=settings.allow_private_addresses,
        hosts=settings.hosts,
        proxy=settings.proxy,
        ca_bundle=str(settings.ca_bundle) if settings.ca_bundle else None,
    )


def read_batch(source_id: str, batch: Batch) -> str:
    """Read the reports of one batch; the archive's name of what was read. Needs no database."""
    settings = Settings()
    archive = Archive(settings.archive)
    items = archive.read_result(source_id, batch.run_id).items[batch.start : batch.stop]
    name = f"{source_id}/{batch.run_id}/{batch.start}"
    archive.write_lines(name, _read_items(find_source(settings, source_id), archive, items))
    return name


def load_run(source_id: str, *, run_id: str, reads: Sequence[str], dsn: str) -> dict[str, int]:
    """Load one run's fetch and what was read from it; counts of what was new."""
    settings = Settings()
    archive = Archive(settings.archive)
    source = find_source(settings, source_id)
    return _load(settings, archive, source, archive.read_result(source_id, run_id), reads, dsn)


def _load(
    settings: Settings, archive: Archive, source: Source, result: FetchResult, reads: Sequence[str], dsn: str
) -> dict[str, int]:
    counts = warehouse.load(
        dsn,
        source,
        result,
        (_READ.validate_python(row) for row in _lines(archive, reads, "read")),
        [_REJECTED.validate_python(row) for row in _lines(archive, reads, "rejected")],
        extractor_run(),
        mask=partial(mask_texts, keep_officials=settings.keep_officials),
    )
    return asdict(counts)


def _lines(archive: Archive, names: Iterable[str], key: str) -> Iterator[dict[str, Any]]:
    return (row[key] for name in names for row in archive.read_lines(name) if key in row)


def replay(source_id: str | None, *, dsn: str) -> Iterator[tuple[str, str, dict[str, int]]]:
    """Read and load again what the archive holds of one source or of all: (source, run, what was new).

    Asks no network. What is loaded stays as it is; a new version of the reading engine adds its facts. Each
    source's fetches come in the order in which they saw it, as they did when they were loaded first. Raises
    SourceError for a named source that there is not; of all, those whose YAML is gone or cannot be read are
    passed over, and SourceError names them when the others are done.
    """
    settings = Settings()
    archive = Archive(settings.archive)
    if source_id is not None:
        find_source(settings, source_id)
    forgotten = archive.forgotten()
    unknown: list[str] = []
    for name, fetches in groupby(archive.fetches(source_id), key=lambda fetched: fetched.source_id):
        try:
            source = find_source(settings, name)
        except SourceError as error:
            unknown.append(str(error))
            continue
        for fetched in sorted(fetches, key=lambda f: _seen_at(archive, f)):
            result = archive.read_result(name, fetched.run_id, fetched.earlier)
            reads = _read_again(archive, source, fetched, result, forgotten)
            yield name, result.run_id, _load(settings, archive, source, result, reads, dsn)
    if unknown:
        raise SourceError(f"not replayed: {'; '.join(unknown)}")


def unknown_sources(settings: Settings) -> list[str]:
    """Why sources that the archive holds could not be replayed: one text for each."""
    problems = []
    for name in sorted({fetched.source_id for fetched in Archive(settings.archive).fetches()}):
        try:
            find_source(settings, name)
        except SourceError as error:
            problems.append(str(error))
    return problems


def _seen_at(archive: Archive, fetched: ArchivedFetch) -> tuple[datetime, str]:
    result = archive.read_result(fetched.source_id, fetched.run_id, fetched.earlier)
    return observed_at(result), result.run_id


def _read_again(
    archive: Archive, source: Source, fetched: ArchivedFetch, result: FetchResult, forgotten: Collection[str]
) -> list[str]:
    """The archive's names of what was read from a fetch, in batches; forgotten bodies are passed over."""
    names = []
    for batch in _batches(result.run_id, len(result.items)):
        names.append(f"{source.id}/{result.run_id}/replay/{fetched.earlier}/{batch.start}")
        items = [
            item
            for item in result.items[batch.start : batch.stop]
            if item.body_sha256 not in forgotten or archive.has(item.body_sha256)
        ]
        archive.write_lines(names[-1], _read_items(source, archive, items))
    return names


def _batches(run_id: str, count: int) -> list[Batch]:
    return [Batch(run_id, start, min(start + BATCH, count)) for start in range(0, count, BATCH)]


def extractor_run() -> warehouse.ExtractorRun:
    return warehouse.ExtractorRun(
        version=EXTRACTOR_VERSION, config_hash=config_hash(), started_at=datetime.now(UTC)
    )


def find_source(settings: Settings, source_id: str) -> Source:
    """The source of that id as this stack runs it. Raises SourceError."""
    source = load_source(settings.sources_dir / f"{source_id}.yml")
    if source.kind == "files":
        folder = settings.files_dir or CHECKOUT / source.urls[0]
        return source.model_copy(update={"urls": (str(folder),)})
    return source


def _read_items(source: Source, archive: Archive, items: Iterable[Item]) -> Iterator[dict[str, Any]]:
    texts: list[tuple[Item, ReportText]] = []
    for item in items:
        try:
            texts.append((item, _text_of(source, archive, item)))
        except UnreadableReport as error:
            yield _rejected(item, error)
        except BodyLost as error:
            yield _rejected(item, UnreadableReport("body_damaged", str(error)))
        except ArchiveError:
            raise  # the archive cannot be reached: trying again may help, and no report is to blame
        except Exception as error:  # noqa: BLE001 - whatever a parser broke on
            yield _broken(item, error)
    try:
        read = read_many([text for _, text in texts])
    except Exception:  # noqa: BLE001 - whatever a rule broke on: one by one finds the report, reads the others
        for item, text in texts:
            yield _read_alone(item, text)
        return
    for (item, text), facts in zip(texts, read, strict=True):
        yield _read(item, text, facts)


def _read_alone(item: Item, text: ReportText) -> dict[str, Any]:
    try:
        (facts,) = read_many([text])
    except Exception as error:  # noqa: BLE001
        return _broken(item, error)
    return _read(item, text, facts)


def _broken(item: Item, error: Exception) -> dict[str, Any]:
    logger.error("%s: the reader broke on %s", item.source_id, item.natural_key, exc_info=error)
    return _rejected(item, UnreadableReport("reader_failed", f"{type(error).__name__}: {error}"))


def _read(item: Item, text: ReportText, facts: ReportFacts) -> dict[str, Any]:
    read = ReadReport(
        item=item,
        clean_text=text.text,
        sha256_text=substance_sha256(text.text),
        title=text.title,
        facts=facts,
    )
    return {"read": _READ.dump_python(read, mode="json")}


def _rejected(item: Item, error: UnreadableReport) -> dict[str, Any]:
    return {"rejected": _REJECTED.dump_python(_rejection(item, error), mode="json")}


def _text_of(source: Source, archive: Archive, item: Item) -> ReportText:
    clean = clean_text(archive.get(item.body_sha256), item.media_type, item.charset, item.selector)
    published = item.published or clean.published
    return ReportText(
        text=clean.text,
        title=item.title or clean.title,
        published=published.date() if published else None,
        regions=(source.territory.iso,) if source.territory.iso else (),
    )


def _rejection(item: Item, error: UnreadableReport) -> Rejection:
    return Rejection(
        source_id=item.source_id,
        stage="extract",
        code=error.code,
        reason=error.reason,
        key=item.natural_key,
        payload={"url": item.url, "body_sha256": item.body_sha256, "media_type": item.media_type},
    )
