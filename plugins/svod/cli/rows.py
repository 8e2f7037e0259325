"""Rows as a person or a spreadsheet reads them. Knows nothing of where they come from."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Column, Table
from rich.text import Text

AsCsv = Annotated[
    bool,
    typer.Option(
        "--csv",
        help="Comma-separated values with a header; a text that a spreadsheet would run as a formula stands"
        " behind an apostrophe, «+20 %» and other numbers stay as they are.",
    ),
]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SIGNED_NUMBER = re.compile(r"[+-]\d[\d\s.,–]*[%₽]?")  # «+20 %», «+10–15 %»: nothing in it that would run
READABLE = 12  # columns of a narrow terminal that a folded value needs to be read
PIPE = 10_000  # a pipe has no width: then nothing is cut


def print_rows(names: Sequence[str], rows: Iterable[Sequence[Any]], as_csv: bool) -> None:
    """A table, or one line a field where the terminal is too narrow for one; CSV if asked for."""
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_inert(_plain(value)) for value in row] for row in rows)
        return
    # Text, because a bare string is markup: brackets in a report's words would be taken for it
    texts = [[Text(_shown(value)) for value in row] for row in rows]
    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else PIPE, soft_wrap=not terminal)
    if not texts:
        print(f"no rows ({', '.join(names)})" if names else "no rows")
    elif terminal and _narrowest(console, names, texts) > console.width:
        _print_fields(console, names, texts)
    else:
        table = Table(*[Column(Text(name), overflow="fold") for name in names])
        for row in texts:
            table.add_row(*row)
        console.print(table)


def _narrowest(console: Console, names: Sequence[str], rows: Sequence[Sequence[Text]]) -> int:
    """The width below which a table would fold values until nobody can read them."""
    columns = zip(*([Text(name) for name in names], *rows), strict=True)
    widest = (max(Measurement.get(console, console.options, cell).maximum for cell in c) for c in columns)
    return sum(min(width, READABLE) + 3 for width in widest) + 1


def _print_fields(console: Console, names: Sequence[str], rows: Sequence[Sequence[Text]]) -> None:
    for number, row in enumerate(rows, 1):
        console.rule(f"{number}", align="left")
        fields = Table.grid(Column(no_wrap=True), Column(overflow="fold"), padding=(0, 2))
        for name, value in zip(names, row, strict=True):
            fields.add_row(Text(name), value)
        console.print(fields)


def _plain(value: Any) -> Any:
    """A list or a record as JSON, all else as it is."""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value


def _inert(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula, behind an apostrophe; all else as it is."""
    if isinstance(value, str) and value.startswith(FORMULA) and not SIGNED_NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def _shown(value: Any) -> str:
    """A value as a person reads it: nothing for null, a number without the zeros of its scale."""
    value = _plain(value)
    if value is None:
        return ""
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return f"{value:.0f}"
    return f"{value:f}".rstrip("0") if isinstance(value, Decimal) and value.is_finite() else str(value)
