"""`reextract`: a new extractor version over the stored reports: read, compare, promote or turn down."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from svod.cli.words import counted
from svod.config import Settings
from svod.errors import WarehouseError

if TYPE_CHECKING:
    from svod.warehouse.reextraction import Comparison

app = typer.Typer(
    help="A new extractor version over the stored reports: compared first, then promoted or turned down.",
    no_args_is_help=True,
)
SHOWN = 8  # rules and sources in the status


class Entity(StrEnum):
    metric = "metric"
    project = "project"
    partner = "partner"
    report = "report"


class Change(StrEnum):
    added = "added"
    changed = "changed"
    gone = "gone"


Version = Annotated[
    str | None, typer.Argument(metavar="[VERSION]", help="An extractor version; none: this code's.")
]
Reason = Annotated[str, typer.Option(help="Why; it is recorded.")]


@app.command()
def run() -> None:
    """Read what this code's version has not read, and compare. The DAG reextract does the same by itself."""
    from svod.steps import reextract

    run_id = f"command__{datetime.now(UTC).isoformat(timespec='seconds')}"
    with _warehouse() as settings:
        parts = reextract.plan(settings.dsn("loader"))
        for number, part in enumerate(parts, 1):
            counts = reextract.read_part(part, run_id=run_id, dsn=settings.dsn("loader"))
            read = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
            print(f"part {number} of {len(parts)}: {read}")
        found = reextract.compare(run_id=run_id, dsn=settings.dsn("transformer"))
        _print_status(settings, found)


@app.command()
def status(version: Version = None) -> None:
    """What the last compared version adds, changes and loses, by kind, rule and source."""
    from svod.warehouse.reextraction import latest

    with _warehouse() as settings:
        found = latest(settings.dsn("transformer"), version)
        if found is None and version is not None:
            raise WarehouseError(f"version {version} was not compared with the promoted one")
        _print_status(settings, found)


@app.command()
def changes(
    entity: Annotated[Entity | None, typer.Option(help="One kind of fact.")] = None,
    change: Annotated[Change | None, typer.Option(help="One kind of change.")] = None,
    source: Annotated[str | None, typer.Option(help="One source.")] = None,
    rule: Annotated[str | None, typer.Option(help="One rule.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Facts at most.")] = 50,
) -> None:
    """Print the facts that differ, one JSON object a line."""
    from svod.warehouse import reextraction

    with _warehouse() as settings:
        dsn = settings.dsn("transformer")
        last = reextraction.latest(dsn)
        if last is None:
            raise WarehouseError("nothing was compared yet: `./svod reextract run`")
        asked = {"entity": entity, "change": change, "source": source, "rule": rule}
        found = reextraction.changes(dsn, last.reextraction_id, **asked, limit=limit)
    for row in found:
        print(json.dumps(row, ensure_ascii=False))
    if not found:
        print("svod: no fact differs in that way", file=sys.stderr)
    elif len(found) == limit:
        print(f"svod: the first {limit}, there may be more: --limit", file=sys.stderr)


@app.command()
def promote(
    reason: Reason,
    version: Version = None,
    allow_unread: Annotated[
        bool, typer.Option("--allow-unread", help="Also when some texts were not read by it.")
    ] = False,
) -> None:
    """Let the marts show a version's facts; starts the DAG warehouse if the stack runs."""
    from svod.warehouse.reextraction import promote as put_in_force

    with _warehouse() as settings:
        chosen = version or _own_version()
        dsn = settings.dsn("transformer")
        put_in_force(dsn, chosen, reason=reason, by=getpass.getuser(), allow_unread=allow_unread)
        print(f"promoted {chosen}; {_start_warehouse(settings)}")


@app.command()
def reject(reason: Reason, version: Version = None) -> None:
    """Turn a version down: its facts stay out of the marts."""
    from svod.warehouse.reextraction import reject as turn_down

    with _warehouse() as settings:
        chosen = version or _own_version()
        turn_down(settings.dsn("transformer"), chosen, reason=reason, by=getpass.getuser())
        print(f"rejected {chosen}")


def _own_version() -> str:
    from svod.extract.version import EXTRACTOR_VERSION

    return EXTRACTOR_VERSION


def _start_warehouse(settings: Settings) -> str:
    from svod.runtime import control

    state = control.status(settings)
    if state is None or state.phase != "ready":
        return "the next run of the DAG warehouse shows it"
    return f"started {control.client(settings, state).trigger('warehouse').run_id}"


def _print_status(settings: Settings, found: Comparison | None) -> None:
    from svod.warehouse.reextraction import summary

    if found is None:
        print(f"nothing to decide: version {_own_version()} of this code is the promoted one, or none is")
        return
    print(f"version {found.extractor_version} beside {found.promoted_version}: {found.state}")
    print(f"compared {found.compared_at:%Y-%m-%d %H:%M} UTC on {counted(found.versions, 'text')}; ", end="")
    print(f"{found.unread} not read by it, {found.waiting} wait for it")
    print(_counts("all facts", asdict(found)) + f"  {found.share:.1%} of the promoted facts change or go")
    for by in ("rule_id", "source_id"):
        print(by.removesuffix("_id"))
        for row in summary(settings.dsn("transformer"), found.reextraction_id, by)[:SHOWN]:
            print("  " + _counts(f"{row['entity']} {row[by]}", row))


def _counts(name: str, row: Mapping[str, Any]) -> str:
    return f"{name}: {row['same']} same, {row['added']} added, {row['changed']} changed, {row['gone']} gone"


@contextmanager
def _warehouse() -> Iterator[Settings]:
    from svod.runtime.stack import warehouse

    settings = Settings()
    with warehouse(settings):
        yield settings
