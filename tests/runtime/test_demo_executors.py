"""The demonstration from nothing, by the scheduler itself and by two Celery workers: the same marts."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from svod.config import Settings
from svod.runtime.demo import run_demo, sample_sources
from svod.runtime.stack import embedded_postgres, warehouse

pytestmark = pytest.mark.slow

PUBLISHED = (
    "select count(*), md5(string_agg(o::text, '|' order by o::text)) from (select outcome_id, value, unit,"
    " kind, period_start, period_end, project_id, territory_id, quote, rule_id"
    " from marts.fct_outcome) as o"
)
found: dict[int, tuple[object, ...]] = {}


@pytest.mark.parametrize("workers", [0, 2], ids=["local", "celery"])
def test_the_demo_publishes_the_same_on_either_executor(workers: int, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    try:
        result = run_demo(settings, workers=workers, say=print)
        assert result.succeeded, [run for run in result.runs if not run.succeeded]
        assert len(result.runs) == len(sample_sources()) + 1
        with warehouse(settings), psycopg.connect(settings.dsn("reader")) as conn:
            found[workers] = conn.execute(PUBLISHED).fetchone() or ()
    finally:
        embedded_postgres(settings).remove()
    count = found[workers][0]
    assert isinstance(count, int)
    assert count > 80
    assert len(set(found.values())) == 1
