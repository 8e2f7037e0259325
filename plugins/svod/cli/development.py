"""`test` and `bench`: what a developer runs."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

from svod.config import CHECKOUT
from svod.errors import ConfigError

WORKERS = 2
EXTRA = {"allow_extra_args": True, "ignore_unknown_options": True}


def register(app: typer.Typer) -> None:
    app.command(context_settings=EXTRA)(test)
    app.command(context_settings=EXTRA)(bench)


def test(
    context: typer.Context,
    slow: Annotated[bool, typer.Option("--slow", help="Also the tests that take minutes.")] = False,
) -> None:
    """Run the tests, linters, type checks and import contracts; further arguments go to pytest."""
    marks = [] if slow else ["-m", "not slow"]
    # they mostly wait for Postgres, Airflow and dbt; what is chosen by hand and what kills things runs alone
    workers = [] if slow or context.args else ["-n", str(WORKERS)]
    command = [sys.executable, "-m", "pytest", *marks, *workers, *context.args]
    raise typer.Exit(subprocess.call(command, cwd=CHECKOUT, env=os.environ | {"PYTHONPATH": "plugins:."}))


def bench(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Which benchmark; none: all.")] = None,
) -> None:
    """Run benchmarks: ratios to peers, measured in one run on this machine."""
    known = sorted(p.stem for p in (CHECKOUT / "bench").glob("*.py") if not p.stem.startswith("_"))
    if name is not None and name not in known:
        raise ConfigError(f"no benchmark {name!r}; there are: {', '.join(known)}")
    for each in [name] if name else known:
        # a process of its own: memory and start-up are measured, and one must not warm the next
        code = subprocess.call(
            [sys.executable, "-m", f"bench.{each}", *context.args],
            cwd=CHECKOUT,
            env=os.environ | {"PYTHONPATH": "plugins:."},
        )
        if code:
            raise typer.Exit(code)
