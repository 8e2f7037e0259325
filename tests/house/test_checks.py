"""The linters, the type checker and the import contracts are tests like any other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent

CHECKS = {
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "sql": ["sqlfluff", "lint", "dbt_project"],
    "compose": ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
    "yaml": ["yamllint", "--strict", "dags", "dbt_project", "docker-compose.yml", "plugins", "samples"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_check(name: str) -> None:
    command, *arguments = CHECKS[name]
    done = subprocess.run(
        [str(BIN / command), *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "plugins"},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, f"{name}:\n{done.stdout[-8000:]}\n{done.stderr[-4000:]}"
