"""`sources list | check | add`: the registry of regional sources."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from svod.cli.words import counted
from svod.config import Settings
from svod.errors import ConfigError

app = typer.Typer(help="The registry of regional sources.", no_args_is_help=True)

SourceId = Annotated[str, typer.Argument(metavar="ID", help="The stem of the source's file.")]


@app.command("list")
def list_sources() -> None:
    """List all sources; a file that cannot be used is named with its reason."""
    from svod.sources import load_sources

    folder = Settings().sources_dir
    sources, broken = load_sources(folder)
    if not sources and not broken:
        raise ConfigError(f"there is no source in {folder}")
    # an id is there to be copied: it is neither cut nor broken
    name = Column("Source", no_wrap=True, min_width=max((len(source_id) for source_id in sources), default=0))
    title = Column("Title", overflow="fold")
    table = Table(name, "Territory", "Kind", "Schedule", "State", title, box=None, pad_edge=False)
    for source in sources.values():
        state = "paused" if source.paused else "active"
        place = source.territory.iso or source.territory.oktmo or "—"
        table.add_row(source.id, place, source.kind, source.schedule.cron, state, escape(source.title))
    # a pipe has no width: then a source is one line
    Console(width=None if sys.stdout.isatty() else 10_000, soft_wrap=True).print(table)
    for error in broken.values():
        print(f"unusable: {error}")
    if broken:
        raise typer.Exit(1)


@app.command("check")
def check_source(source_id: SourceId) -> None:
    """Fetch and read a sample of a source without writing anything."""
    from svod.runtime.samples import served
    from svod.steps.sources import check

    with served(Settings(), source_id) as settings:
        report = check(settings, source_id)
    for event in report.events:
        print(
            f"{event.outcome:<18} {event.http_status or '':<4} {event.bytes:>9} B  {event.url} {event.reason}"
        )
    for sample in report.samples:
        print(f"\n{sample.item.title or '(no title)'}\n  {sample.item.url}")
        if sample.problem or sample.facts is None:
            print(f"  cannot be read: {sample.problem}")
            continue
        facts = sample.facts
        print(f"  published {facts.published or 'unknown'}, region {', '.join(facts.regions) or 'unknown'}")
        for project in facts.projects:
            print(f"  project  {project.name} ({project.kind}, {project.status or 'status unknown'})")
        for partner in facts.partners:
            print(f"  partner  {partner.name} ({partner.type}, {partner.role or 'role unknown'})")
        for metric in facts.metrics:
            print(f"  metric   {metric.value:f} {metric.unit} ({metric.kind}) «{metric.evidence.quote}»")
    for warning in report.warnings:
        print(f"warning: {warning}")
    print(
        f"\n{counted(report.found, 'report')} found" if not report.problem else f"\nfailed: {report.problem}"
    )
    if report.problem:
        raise typer.Exit(1)


@app.command("add")
def add_source(
    url: Annotated[
        str, typer.Option(prompt="Address of the site or its news", help="Address of the site or its news.")
    ],
    source_id: Annotated[
        str,
        typer.Option("--id", prompt="Id (latin letters, digits, _)", help="Id (latin letters, digits, _)."),
    ],
    title: Annotated[str, typer.Option(prompt="Title", help="Title.")],
    publisher: Annotated[str, typer.Option(prompt="Publisher", help="Publisher.")],
    iso: Annotated[
        str,
        typer.Option(
            prompt="Region (ISO 3166-2, such as RU-KIR)", help="Region (ISO 3166-2, such as RU-KIR)."
        ),
    ],
    owner: Annotated[str, typer.Option(prompt="Who looks after it", help="Who looks after it.")],
    timezone: Annotated[
        str | None, typer.Option(help="Asked for on a terminal, else Europe/Moscow.", show_default=False)
    ] = None,
) -> None:
    """Probe a site, propose the source's YAML, paused, and show three sample reports."""
    from svod.steps.sources import add

    settings = Settings()
    if timezone is None:
        asks = sys.stdin.isatty()
        timezone = typer.prompt("Time zone", default="Europe/Moscow") if asks else "Europe/Moscow"
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,62}", source_id):
        raise ConfigError(
            f"not an id: {source_id!r}; it begins with a latin letter and goes on with a–z, 0–9 and _"
        )
    path = add(
        settings,
        url=url,
        source_id=source_id,
        title=title,
        publisher=publisher,
        iso=iso,
        owner=owner,
        timezone=timezone,
    )
    print(f"written: {path}\n{path.read_text()}")
    print("paused: nothing runs until the file says `paused: false`; then the scheduler runs it by its clock")
    check_source(source_id)
