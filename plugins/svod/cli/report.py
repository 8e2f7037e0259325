"""The last page of a demo: what each source gave, what was found, the gate, one fact, where to look.

Knows the names in the summary, and nothing of how they came about.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from svod.cli.words import counted
from svod.runtime.demo import DemoResult, RunResult

WIDE = 10_000


def print_demo(result: DemoResult, where: dict[str, str]) -> None:
    """Print to standard output, without colours where that is no terminal. `where`: line head → place."""
    # wider than any terminal: lines are for the terminal to wrap, and no id is cut
    console = Console(highlight=False, soft_wrap=True, width=WIDE)
    if result.folder is not None:
        console.print(f"Folder     {escape(str(result.folder))}: {counted(result.files, 'file')}\n")
    _print_runs(console, result)
    for run in result.runs:
        _print_failure(console, run)
    if result.summary is not None:
        _print_summary(console, result.summary)
    console.print()
    for name, place in where.items():
        console.print(f"{name:<10} {escape(place)}")
    console.print(f"[dim]{result.seconds:.0f} s[/]")


def _print_runs(console: Console, result: DemoResult) -> None:
    sources = {row["source"]: row for row in (result.summary or {}).get("sources", [])}
    heads = ("Run", "State", "Reports read", "Requests", "Unchanged", "Failed", "Quarantined")
    table = Table(*heads, box=None, pad_edge=False)
    for run in result.runs:
        row = sources.get(run.dag_id.removeprefix("ingest__"), {})
        colour = "green" if run.succeeded else "red"
        counts = [
            str(row.get(key, "")) for key in ("reports", "requests", "not_modified", "failed", "quarantined")
        ]
        table.add_row(run.dag_id, f"[{colour}]{run.state}[/]", *counts)
    console.print(table)
    if any(row["quarantined"] for row in sources.values()):
        console.print("`./svod quarantine list` says what was quarantined, and why")
    for row in sources.values():
        if row["failure"]:
            console.print(
                f"[red]{row['source']}[/]: {row['failure']}: {escape(row['reason'])} ({escape(row['url'])})"
            )
    console.print()


def _print_failure(console: Console, run: RunResult) -> None:
    for task in run.failed:
        console.print(f"[red]{run.dag_id}.{task.task} failed[/]")
        console.print(escape(task.log), style="dim")
        console.print()


def _print_summary(console: Console, summary: dict[str, Any]) -> None:
    counts, gate, fact = summary["counts"], summary["gate"], summary["fact"]
    console.print("Published  " + ", ".join(counted(n, kind.removesuffix("s")) for kind, n in counts.items()))
    verdict = "passed" if not gate["critical_failures"] else f"[red]{gate['critical_failures']} critical[/]"
    console.print(
        f"Gate       {verdict}: {counted(gate['expectations'], 'expectation')}, "
        f"{counted(gate['warnings'], 'warning')}"
    )
    if fact:
        console.print(f"One fact   {escape(describe(fact))}")
        console.print(f"           «{escape(fact['quote'])}» — {escape(fact['url'] or 'no address')}")


def describe(fact: dict[str, Any]) -> str:
    """One outcome in a line: project, value as people read it, unit, period."""
    period = f"{fact['period_start'] or '…'} to {fact['period_end'] or '…'}"
    return f"{fact['project']}: {fact['value_text']} {fact['unit']}, {period}"
