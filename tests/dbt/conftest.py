"""One migrated warehouse for all modules, raw rows in a few words, and dbt as production runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from svod.resolve import resolve
from svod.warehouse import ROLES, keys, migrate
from svod.warehouse.dbt_runner import NodeResult, run_dbt

from .world import BAD, TELLINGS, TRAPS

PROJECT = Path(__file__).parents[2] / "dbt_project"
PASSWORD = "transformer-word"
EXTRACTOR = "1.0"


@dataclass
class Raw:
    """Writes reports straight into raw, with text made of the quotes, so that every span is true."""

    conn: psycopg.Connection
    clock: int = 0
    sources: set[str] = field(default_factory=set)

    def insert(self, table: str, **row: Any) -> None:
        columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
        self.conn.execute(f"insert into {table} ({columns}) values ({marks})", list(row.values()))

    def tick(self) -> datetime:
        self.clock += 1
        return datetime(2026, 1, 1, 0, self.clock // 60, self.clock % 60, tzinfo=UTC)

    def promote(self, extractor: str) -> None:
        self.insert("ops.promotion", extractor_version=extractor, reason="test", promoted_by="test")

    def source(self, source_id: str, **facts: Any) -> None:
        seen = self.tick()
        row = {"title": source_id, "kind": "rss", "urls": ["https://example.org/"], "config": "{}"} | facts
        version = keys.source_version_id(source_id, str(seen))
        self.insert("raw.source", source_version_id=version, source_id=source_id, seen_at=seen, **row)
        self.sources.add(source_id)

    def event(self, report: str, kind: str, version: str | None) -> None:
        when = self.tick()
        self.insert(
            "raw.document_event",
            document_event_id=keys.document_event_id(report, kind, version, when),
            document_id=report,
            version_id=version,
            run_id="test",
            kind=kind,
            occurred_at=when,
        )

    def report(
        self,
        name: str,
        *,
        source: str = "source_a",
        regions: tuple[str, ...] = ("RU-KEM",),
        published: str | None = "2024-06-01",
        publisher: str | None = None,
        projects: list[dict[str, Any]] | None = None,
        partners: list[dict[str, Any]] | None = None,
        metrics: list[dict[str, Any]] | None = None,
        extractor: str = EXTRACTOR,
        text: str | None = None,
    ) -> tuple[str, str, list[str]]:
        """A version of the report `name`; the same name again is a new one. Ids: report, version, metrics."""
        if source not in self.sources:
            self.source(source)
        report = keys.document_id(source, name)
        known = self.conn.execute("select 1 from raw.document where document_id = %s", (report,)).fetchone()
        if known is None:
            self.insert(
                "raw.document",
                document_id=report,
                source_id=source,
                run_id="test",
                natural_key=name,
                url=f"https://example.org/{name}",
                first_seen_at=self.tick(),
            )
        mentions = [*(projects or []), *(partners or []), *(metrics or [])]
        quotes = [
            m.get("quote") or m.get("name") or f"{m['value']} {m.get('unit', 'семья')}" for m in mentions
        ]
        body = text or f"{name} {self.clock}: " + " | ".join(quotes)
        version = keys.version_id(report, keys.key("text", body))
        self.insert(
            "raw.document_version",
            version_id=version,
            document_id=report,
            run_id="test",
            sha256_text=keys.key("text", text or body),
            body_sha256="0",
            clean_text=body,
            title=f"Отчёт {name}",
            title_public=f"Отчёт {name}",
            url=f"https://example.org/{name}",
            media_type="text/html",
            published_on=published and date.fromisoformat(published),
            published_basis="page",
            seen_at=self.tick(),
        )
        self.event(report, "first_seen" if known is None else "changed", version)
        metric_ids = self.read(version, regions, publisher, projects, partners, metrics, extractor)
        return report, version, metric_ids

    def read(
        self,
        version: str,
        regions: tuple[str, ...],
        publisher: str | None,
        projects: list[dict[str, Any]] | None,
        partners: list[dict[str, Any]] | None,
        metrics: list[dict[str, Any]] | None,
        extractor: str = EXTRACTOR,
    ) -> list[str]:
        """What an extractor version read in a version of a report. Ids of the metrics, in order."""
        run = keys.key("extraction_run", extractor)
        self.conn.execute(
            "insert into raw.extraction_run values (%s, 'source_a', 'test', %s, '0', %s, 0, 0, 0, 0)"
            " on conflict do nothing",
            (run, extractor, self.tick()),
        )
        at = {"version_id": version, "extractor_version": extractor, "extraction_run_id": run}
        counts = {
            "projects": len(projects or []),
            "partners": len(partners or []),
            "metrics": len(metrics or []),
        }
        self.insert("raw.version_extraction", **at, **counts)
        facts = [("region", r) for r in regions] + ([("publisher", publisher)] if publisher else [])
        for fact, value in facts:
            key = keys.report_fact_id(version, extractor, fact, value)
            self.insert(
                "raw.report_fact", report_fact_id=key, **at, fact=fact, value=value, value_public=value
            )
        for number, row in enumerate(projects or []):
            row = {"kind": "project", **row}
            self._mention("raw.project_mention", number, at, row | {"name_public": row["name"]})
        for number, row in enumerate(partners or []):
            row = {"type": "ngo", **row}
            self._mention("raw.partner_mention", number, at, row | {"name_public": row["name"]})
        ids: list[str] = []
        for number, row in enumerate(metrics or []):
            row = {"comparator": "eq", "kind": "count", "unit": "семья", "planned": False} | row
            if "part_of" in row:
                row["part_of_id"] = ids[row.pop("part_of")]
            row.setdefault("quote", f"{row['value']} {row['unit']}")
            ids.append(self._mention("raw.metric_mention", number, at, row))
        return ids

    def _mention(self, table: str, number: int, at: dict[str, Any], row: dict[str, Any]) -> str:
        kind = table.removeprefix("raw.")
        key = keys.key(kind, at["version_id"], at["extractor_version"], number)
        quote = row.pop("quote", None) or row["name"]
        text = self.conn.execute(
            "select clean_text from raw.document_version where version_id = %s", (at["version_id"],)
        ).fetchone()
        start = text[0].find(quote) if text and quote in text[0] else number
        span = {"start_char": start, "end_char": start + len(quote), "quote": quote, "quote_public": quote}
        rule = {"rule_id": "test", "confidence": row.pop("confidence", 0.9)}
        self.insert(table, **{f"{kind}_id": key}, **at, **span, **rule, **row)
        return key


@dataclass
class Warehouse:
    """A database as production has it: the owner fills raw, the transformer resolves and builds."""

    owner_dsn: str
    dsn: str
    target: Path

    def dbt(self, *command: str, run_id: str = "test", pages_url: str = "") -> list[NodeResult]:
        return run_dbt(
            list(command),
            project_dir=PROJECT,
            target_path=self.target,
            dsn=self.dsn,
            run_id=run_id,
            pages_url=pages_url,
        )

    def build(self, *extra: str) -> list[NodeResult]:
        """Resolve and all layers with their tests, as the DAG does; a warning is an error."""
        resolve(self.dsn)
        return self.dbt("--warn-error", "build", "--exclude-resource-type", "unit_test", *extra)

    def run(self, *extra: str) -> list[NodeResult]:
        """The same without the data tests and the seeds, for when they have been run on the like before."""
        resolve(self.dsn)
        return self.dbt("run", *extra)

    def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        with psycopg.connect(self.owner_dsn, row_factory=dict_row) as conn:
            return conn.execute(query, parameters).fetchall()

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.owner_dsn) as conn:
            conn.execute(statement)

    def value(self, query: str, *parameters: Any) -> Any:
        rows = self.rows(query, *parameters)
        return next(iter(rows[0].values())) if rows else None


@pytest.fixture(scope="session")
def warehouse(make_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    owner = make_database()
    migrate(owner, {"transformer": PASSWORD})
    parts = psycopg.conninfo.conninfo_to_dict(owner) | {"user": ROLES["transformer"], "password": PASSWORD}
    dsn = psycopg.conninfo.make_conninfo(**parts)
    return Warehouse(owner, dsn, tmp_path_factory.mktemp("dbt"))


@pytest.fixture(scope="session")
def world(warehouse: Warehouse, raw: Raw) -> dict[str, list[str]]:
    """The whole world built once: report name → ids of its figures."""
    raw.promote(EXTRACTOR)
    ids = {}
    for region, reports in (("RU-KEM", TRAPS), ("RU-SMO", TELLINGS), ("RU-MUR", BAD)):
        for name, report in reports.items():
            ids[name] = raw.report(name, **({"regions": (region,)} | report))[2]
    warehouse.build()
    return ids


@pytest.fixture(scope="session")
def raw(warehouse: Warehouse) -> Iterator[Raw]:
    with psycopg.connect(warehouse.owner_dsn, autocommit=True) as conn:
        yield Raw(conn)
