"""`sources list | check | add`: the registry of regional sources."""

from __future__ import annotations

import typer

app = typer.Typer(help="The registry of regional sources.", no_args_is_help=True)
