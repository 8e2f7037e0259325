"""One fetch in a process of its own: `python child.py <json>`; prints its peak memory in MB."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plugins"))

import psycopg

from svod.archive import Archive
from svod.fetch import (
    ClientSettings,
    MemoryPoliteness,
    MemoryState,
    PostgresPoliteness,
    PostgresState,
    fetch_source,
)
from svod.sources import Source


def main(given: dict[str, object]) -> None:
    source = Source.model_validate(given["source"])
    settings = replace(ClientSettings(retry_wait=0.01, deadline=20.0), hosts=given["hosts"])  # type: ignore[arg-type]
    common = {"archive": Archive(str(given["archive"])), "client_settings": settings, "run_id": "run"}
    if given.get("dsn"):
        with psycopg.connect(str(given["dsn"]), autocommit=True) as conn:
            fetch_source(
                source,
                state=PostgresState(conn, source),
                politeness=PostgresPoliteness(conn),
                **common,  # type: ignore[arg-type]
            )
    else:
        fetch_source(source, state=MemoryState(), politeness=MemoryPoliteness(), **common)  # type: ignore[arg-type]
    print(_peak_megabytes())


def _peak_megabytes() -> float:
    """Of this program alone: getrusage would count what the parent had before it became this one."""
    (line,) = (x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
