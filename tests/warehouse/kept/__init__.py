"""Databases as earlier releases left them: `head_NNNN.sql.gz` stands at that migration.

Three of the sample sites, read, reviewed, built and published by the code of then; `dim_date` and
`ops.coverage` are cut to the days in use. A new one is added at every release, none is ever changed.
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from tests.warehouse.conftest import PASSWORDS

from svod.warehouse import migrate
from svod.warehouse.dump import FRESH_SCHEMAS
from svod.warehouse.programs import run_program

FOLDER = Path(__file__).parent


def kept_versions() -> list[str]:
    return sorted(path.name[5:9] for path in FOLDER.glob("head_*.sql.gz"))


def put_kept(dsn: str, version: str = "0006") -> None:
    """Bring an empty database to the state of then; `dsn` is the owner's."""
    migrate(dsn, PASSWORDS)  # the roles, which belong to the cluster
    with tempfile.TemporaryFile() as script:
        script.write(FRESH_SCHEMAS.encode())
        script.write(gzip.decompress((FOLDER / f"head_{version}.sql.gz").read_bytes()))
        script.seek(0)
        run_program(
            "psql",
            dsn,
            ["--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-"],
            stdin=script,
        )
