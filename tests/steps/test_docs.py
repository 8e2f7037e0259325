"""dbt's documentation: one file, with the text of every mart, that asks nothing of the network."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from svod.config import Settings
from svod.steps.dbt_docs import dbt_docs, dbt_docs_page
from svod.warehouse import ROLES, migrate

PASSWORD = "transformer-word"
LONG_AGO = (0, 0)


def is_made_anew(dsn: str, page: Path) -> bool:
    os.utime(page, LONG_AGO)
    assert dbt_docs(run_id="test", dsn=dsn) == page
    return page.stat().st_mtime != LONG_AGO[1]


def test_dbt_docs_are_one_file_made_when_what_they_show_changes(
    make_database: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = make_database()
    migrate(owner, {"transformer": PASSWORD})
    parts = psycopg.conninfo.conninfo_to_dict(owner) | {"user": ROLES["transformer"], "password": PASSWORD}
    dsn = psycopg.conninfo.make_conninfo(**parts)
    monkeypatch.setenv("SVOD_HOME", str(tmp_path))
    page = dbt_docs_page(Settings())
    page.parent.mkdir(parents=True)
    page.write_text("of a release that kept no digest")
    assert is_made_anew(dsn, page)
    text = page.read_text(encoding="utf-8")
    assert "fct_outcome" in text
    assert "stg_raw__metric_mention" in text
    assert ' xlink:href="{{' not in text  # a browser would ask for it before it is filled in
    assert "shortcut icon" not in text
    assert not is_made_anew(dsn, page)
    with psycopg.connect(dsn) as conn:
        conn.execute("create table marts.dim_new (new_id text primary key)")
    assert is_made_anew(dsn, page)
    page.unlink()
    assert dbt_docs(run_id="test", dsn=dsn).exists()
    assert sorted(path.name for path in page.parent.iterdir()) == ["static_index.html", "static_index.sha256"]
