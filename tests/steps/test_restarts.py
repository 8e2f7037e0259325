"""PostgreSQL dies in the middle of a step: it fails, and its next try ends where an undisturbed one does."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psycopg
import pytest
from tests.warehouse.conftest import PASSWORDS

from svod.config import Settings
from svod.errors import WarehouseError
from svod.quality.masking import mask_texts
from svod.runtime.postgres import Postgres
from svod.steps import ingest, reextract
from svod.warehouse import migrate

pytestmark = pytest.mark.usefixtures("first_version")

REPORTS = {
    f"report_{number}": f"За 2023 год в Кировской области проект «Весна» помог {20 + number} семьям."
    for number in range(6)
}
ROWS = "select extractor_version, count(*) from raw.{} group by 1 order by 1"


@pytest.fixture
def server() -> Iterator[Postgres]:
    """A cluster of this test's own, because it is killed; durable, as in production."""
    folder = Path(tempfile.mkdtemp(prefix="svod-tests-"))
    folder.chmod(0o755)
    own = Postgres(folder / "postgres")
    try:
        own.start()
        own.ensure_role("svod_owner", "word", create_roles=True)
        own.ensure_database("svod", "svod_owner")
        yield own
    finally:
        own.remove()
        shutil.rmtree(folder)


@pytest.fixture
def settings(server: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text)
    monkeypatch.setenv("SVOD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SVOD_FILES_DIR", str(folder))
    monkeypatch.setenv("SVOD_WAREHOUSE_DSN", server.dsn("svod", user="svod_owner", password="word"))
    for role, password in PASSWORDS.items():
        monkeypatch.setenv(f"SVOD_PASSWORD_{role.upper()}", password)
    settings = Settings()
    migrate(settings.dsn("owner"), PASSWORDS)
    return settings


def dying(server: Postgres, after: int) -> Callable[..., list[str]]:
    """Masks as ever, but the server is killed, and started again, at the call after so many."""
    calls = iter(range(after, -1, -1))

    def mask(texts: Sequence[str], **options: bool) -> list[str]:
        if next(calls, -1) == 0:
            os.kill(server.pid, signal.SIGKILL)
            server.restart()
        return list(mask_texts(texts, **options))

    return mask


def counts(settings: Settings, table: str) -> dict[str, int]:
    with psycopg.connect(settings.dsn("owner")) as conn:
        return dict(conn.execute(ROWS.format(table)).fetchall())  # type: ignore[arg-type]


def test_a_load_and_a_re_reading_are_taken_up_again(
    server: Postgres, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    dsn = settings.dsn("loader")
    (batch,) = ingest.fetch_run("files", run_id="run", dsn=dsn, secret=str)
    reads = [ingest.read_batch("files", batch)]

    def load() -> dict[str, int]:
        return ingest.load_run("files", run_id="run", reads=reads, dsn=dsn)

    with monkeypatch.context() as patch:
        patch.setattr(ingest, "mask_texts", dying(server, after=1))
        with pytest.raises((psycopg.OperationalError, WarehouseError)):
            load()
    assert counts(settings, "version_extraction") == {}  # one transaction: all or nothing
    assert load()["versions"] == len(REPORTS)
    assert set(load().values()) == {0}
    facts = counts(settings, "metric_mention")
    assert facts["1"] >= len(REPORTS)

    monkeypatch.setattr(ingest, "EXTRACTOR_VERSION", "2")
    monkeypatch.setattr(reextract, "CHUNK", 2)
    (part,) = reextract.plan(dsn)
    with monkeypatch.context() as patch:
        patch.setattr(reextract, "mask_texts", dying(server, after=1))
        with pytest.raises((psycopg.OperationalError, WarehouseError)):
            reextract.read_part(part, run_id="again", dsn=dsn)
    assert counts(settings, "version_extraction")["2"] == 2  # the chunk before the end is kept
    assert reextract.read_part(part, run_id="again", dsn=dsn)["readings"] == len(REPORTS) - 2
    assert counts(settings, "version_extraction") == {"1": len(REPORTS), "2": len(REPORTS)}
    assert counts(settings, "metric_mention") == {"1": facts["1"], "2": facts["1"]}
    assert reextract.plan(dsn) == []
