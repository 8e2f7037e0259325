"""`extract` and `explain`: reading reports without a database and without a network."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from svod.errors import ConfigError, UnreadableReport

Paths = Annotated[list[Path], typer.Argument(exists=True, help="Report files, or folders of them.")]
Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Publication date for reports that do not state their own."),
]

BATCH = 16  # reports analysed together: the named-entity model is quicker on several texts at once


def register(app: typer.Typer) -> None:
    app.command()(extract)
    app.command()(explain)


def extract(paths: Paths, published: Published = None) -> None:
    """Print one JSON object a report: region, date, publisher, projects, partners, metrics."""
    from svod.steps.reading import READABLE, read_files

    failed, files = 0, list(report_files(paths))
    readable = f"readable are {', '.join(sorted(READABLE))}"
    if passed_over := _passed_over(paths):
        print(f"svod: passed over {passed_over}; {readable}", file=sys.stderr)
    if not files:
        raise ConfigError(f"no report found; {readable}")
    for path, facts, error in read_files(files, published=_day(published), batch=BATCH):
        if error is not None:
            failed += 1
            print(f"svod: {path}: {error.reason} [{error.code}]", file=sys.stderr)
        else:
            print(json.dumps(facts, ensure_ascii=False))
    if failed:
        raise typer.Exit(1)


def explain(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="One report.")],
    published: Published = None,
    html: Annotated[bool, typer.Option("--html", help="A page with the spans highlighted.")] = False,
) -> None:
    """Say why each fact matched, and why each other number was rejected."""
    from svod.steps.reading import explain_file

    try:
        print(explain_file(path, published=_day(published), html=html))
    except UnreadableReport as error:
        raise ConfigError(f"{path}: {error.reason} [{error.code}]") from None


def report_files(paths: list[Path]) -> Iterator[Path]:
    """The given files, and the readable reports of the given folders in order of name."""
    from svod.sources.folders import files_in
    from svod.steps.reading import READABLE

    for path in paths:
        if path.is_dir():
            yield from (p for p in files_in(path) if p.suffix.lower() in READABLE)
        else:
            yield path


def _passed_over(paths: list[Path]) -> str:
    """How many files of the given folders `report_files` leaves out, by kind; empty if none."""
    from svod.sources.folders import files_in
    from svod.steps.reading import READABLE

    files = (p for path in paths if path.is_dir() for p in files_in(path))
    kinds = Counter(p.suffix.lower() or "without an ending" for p in files)
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()) if kind not in READABLE)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
