"""The command line as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def svod(
    home: Path, *arguments: str, settings: Mapping[str, str] | None = None, given: str | None = None
) -> subprocess.CompletedProcess[str]:
    """What a person gets who runs it in that home; `given` is its standard input."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "svod", *arguments],
        env={
            **os.environ,
            "SVOD_HOME": str(home),
            "PYTHONPATH": str(ROOT / "plugins"),
            "COLUMNS": "200",
            **(settings or {}),
        },
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        input=given,
    )
