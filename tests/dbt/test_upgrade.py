"""The marts are built on a database that an earlier release left behind, with what it had published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from tests.warehouse.conftest import PASSWORDS
from tests.warehouse.kept import kept_versions, put_kept

from svod.quality.gate import run_gate
from svod.resolve import resolve
from svod.warehouse import migrate, publish
from svod.warehouse.dbt_runner import run_dbt

ROOT = Path(__file__).parents[2]
FACTS = "select count(*), count(distinct report_id) from marts.fct_outcome"
IDS = "select project_id from marts.dim_project union all select partner_id from marts.dim_partner"


@pytest.mark.slow
@pytest.mark.parametrize("version", kept_versions())
def test_a_kept_database_is_built_and_published(
    version: str, make_database: Callable[[], str], tmp_path: Path
) -> None:
    owner = make_database()
    put_kept(owner, version)
    with psycopg.connect(owner) as conn:
        facts, ids = conn.execute(FACTS).fetchall(), set(conn.execute(IDS).fetchall())
    assert facts[0][0] > 50
    migrate(owner, PASSWORDS)
    transformer = make_conninfo(owner, user="svod_transformer", password=PASSWORDS["transformer"])
    resolve(transformer)
    run_dbt(
        ["build", "--exclude-resource-type", "unit_test"],
        project_dir=ROOT / "dbt_project",
        target_path=tmp_path,
        dsn=transformer,
        run_id="upgraded",
    )
    run_gate(transformer, ROOT / "expectations", "upgraded", tmp_path / "docs")
    publish(transformer, "upgraded")
    with psycopg.connect(owner) as conn:
        assert conn.execute(FACTS).fetchall() == facts
        assert ids <= set(conn.execute(IDS).fetchall())  # published ids keep their meaning
