"""dbt's documentation: one file, with the text of every mart, that asks nothing of the network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from svod.config import Settings
from svod.steps import warehouse as steps
from svod.warehouse import ROLES, migrate

PASSWORD = "transformer-word"


def test_dbt_docs_are_one_file_and_made_anew(
    make_database: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = make_database()
    migrate(owner, {"transformer": PASSWORD})
    parts = psycopg.conninfo.conninfo_to_dict(owner) | {"user": ROLES["transformer"], "password": PASSWORD}
    monkeypatch.setenv("SVOD_HOME", str(tmp_path))
    page = steps.dbt_docs_page(Settings())
    page.parent.mkdir(parents=True)
    page.write_text("of the last run")
    made = steps.dbt_docs(run_id="test", dsn=psycopg.conninfo.make_conninfo(**parts))
    assert made == page
    text = page.read_text(encoding="utf-8")
    assert "fct_outcome" in text
    assert "stg_raw__metric_mention" in text
    assert ' xlink:href="{{' not in text  # a browser would ask for it before it is filled in
    assert "shortcut icon" not in text
    assert [path.name for path in page.parent.iterdir()] == ["static_index.html"]
