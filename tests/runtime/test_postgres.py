"""The embedded cluster: real servers, real crashes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from svod.config import CHECKOUT
from svod.errors import RuntimeStartError
from svod.runtime.places import outside_folders
from svod.runtime.postgres import Postgres, endpoint

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose path has a space and that any user may enter; what lies outside it goes with it."""
    parent = Path(tempfile.mkdtemp(prefix="svod tests "))
    parent.chmod(0o755)
    yield parent / "a cluster"
    with contextlib.suppress(FileNotFoundError):  # a test has removed it already
        for outside in outside_folders(parent / "a cluster"):
            shutil.rmtree(outside)
    shutil.rmtree(parent, ignore_errors=True)


def rows(server: Postgres, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.dsn("postgres")) as connection:
        return connection.execute(query).fetchall()  # type: ignore[arg-type]


def wait_until_gone(pid: int, seconds: float = 15.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_data_stays_over_a_restart_on_the_same_port(folder: Path) -> None:
    server = Postgres(folder, durable=False)
    with server:
        port = server.port
        with psycopg.connect(server.dsn("postgres")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert endpoint(folder) is None
    with server:
        assert server.port == port
        assert rows(server, "SELECT answer FROM kept") == [(42,)]
        found = endpoint(folder)
        assert found is not None
        assert found.port == port
    server.remove()
    assert not folder.exists()


def test_only_loopback_and_only_with_the_password(postgres: Postgres) -> None:
    assert rows(postgres, "SHOW listen_addresses") == [("127.0.0.1",)]
    assert rows(postgres, "SHOW unix_socket_directories") == [("",)]
    assert rows(postgres, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'") == [
        (0,)
    ]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.dsn("postgres", user="postgres", password="wrong"))


def test_two_clusters_at_once(folder: Path, postgres: Postgres) -> None:
    with Postgres(folder, durable=False) as other:
        assert other.port != postgres.port
        assert rows(other, "SELECT 1") == rows(postgres, "SELECT 1") == [(1,)]


def test_a_second_owner_is_refused(folder: Path) -> None:
    with Postgres(folder, durable=False), pytest.raises(RuntimeStartError, match="in use by another process"):
        Postgres(folder).start()


def test_a_taken_port_is_left_to_its_owner(folder: Path) -> None:
    with Postgres(folder, durable=False) as server:
        port = server.port
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with server:
            assert server.port != port
            assert rows(server, "SELECT 1") == [(1,)]


def test_recovers_after_the_server_was_killed(folder: Path) -> None:
    server = Postgres(folder, durable=False)
    server.start()
    os.kill(server.pid, signal.SIGKILL)
    server.stop()
    with server:
        assert rows(server, "SELECT 1") == [(1,)]


def test_a_pid_file_that_means_another_process_is_no_obstacle(folder: Path) -> None:
    server = Postgres(folder, durable=False)
    with server:
        assert server.place is not None
        note = server.place.data / "postmaster.pid"
        text = note.read_text()
    note.write_text(text.replace(text.partition("\n")[0], str(os.getpid()), 1))
    with server:
        assert rows(server, "SELECT 1") == [(1,)]


def test_an_interrupted_initialisation_is_made_anew(folder: Path) -> None:
    server = Postgres(folder, durable=False)
    with server:
        assert server.place is not None
        data = server.place.data
    data.rename(data.with_name("data.new"))
    (data.with_name("data.new") / "PG_VERSION").unlink()
    with server:
        assert rows(server, "SELECT 1") == [(1,)]


def test_a_cluster_of_another_version_is_named(folder: Path) -> None:
    server = Postgres(folder, durable=False)
    with server:
        assert server.place is not None
        data = server.place.data
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(RuntimeStartError, match="made by PostgreSQL 16, this is 18"):
        server.start()


def test_a_killed_owner_leaves_no_server_behind(folder: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from svod.runtime.postgres import Postgres\n"
        "server = Postgres(Path(sys.argv[1]), durable=False); server.start()\n"
        "print(server.pid, flush=True); time.sleep(600)"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT / "plugins")},
    )
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    owner.kill()
    owner.wait()
    assert wait_until_gone(pid)
    with Postgres(folder, durable=False) as server:
        assert rows(server, "SELECT 1") == [(1,)]


@pytest.mark.skipif(not AS_ROOT, reason="only root has to give PostgreSQL another user")
def test_root_in_a_closed_folder_gets_a_place_outside() -> None:
    closed = Path(tempfile.mkdtemp(prefix="svod-closed-"))
    assert closed.stat().st_mode & 0o777 == 0o700
    server = Postgres(closed / "cluster", durable=False)
    try:
        server.start()
        assert server.place is not None
        assert server.place.moved
        assert closed not in server.place.data.parents
        assert rows(server, "SELECT 1") == [(1,)]
        place = server.place.data
    finally:
        server.remove()
        shutil.rmtree(closed)
    assert not place.exists()


def test_down_delete_leaves_no_cluster_and_no_place_outside() -> None:
    home = Path(tempfile.mkdtemp(prefix="svod-home-"))
    server = Postgres(home / "postgres", durable=False)
    command = [sys.executable, "-P", "-m", "svod", "down", "--delete"]
    env = {**os.environ, "SVOD_HOME": str(home), "PYTHONPATH": str(CHECKOUT / "plugins")}
    try:
        with server:
            outside = outside_folders(server.folder)
            assert bool(outside) >= AS_ROOT
            held = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
            assert (held.returncode, "in use by another process" in held.stderr) == (1, True)
            assert rows(server, "SELECT 1") == [(1,)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
        assert "deleted" in done.stdout
        assert not any(path.exists() for path in (server.folder, *outside))
        again = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
        assert "nothing to delete" in again.stdout
    finally:
        if server.folder.is_dir():
            server.remove()
        shutil.rmtree(home)


@pytest.mark.skipif(not AS_ROOT, reason="an ordinary user's own programs are readable to that user")
def test_programs_in_a_closed_environment_are_copied_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from svod.runtime import places

    wheel = places._wheel_folder()
    closed = Path(tempfile.mkdtemp(prefix="svod-closed-env-"))
    shutil.copytree(wheel, closed / wheel.name)
    shutil.copytree(wheel.with_name(f"{wheel.name}.libs"), closed / f"{wheel.name}.libs")
    monkeypatch.setattr(places, "_wheel_folder", lambda: closed / wheel.name)
    server = Postgres(folder, durable=False)
    try:
        server.start()
        assert server.place is not None
        assert closed not in server.place.programs.parents
        assert rows(
            server, "SELECT to_tsvector('russian', 'помощь семьям') @@ to_tsquery('russian', 'семья')"
        ) == [(True,)]
    finally:
        server.remove()
        shutil.rmtree(closed)


def test_a_copied_folder_is_a_cluster_of_its_own(folder: Path) -> None:
    from svod.runtime.places import _outside_name

    folder.mkdir()
    name = _outside_name(folder)
    assert _outside_name(folder) == name
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    assert _outside_name(copy) != name


def test_roles_and_databases_can_be_asked_for_twice(postgres: Postgres) -> None:
    for password in ("first", "se'cond"):
        postgres.ensure_role("runtime_test", password)
        postgres.ensure_database("runtime_test", "runtime_test")
    dsn = postgres.dsn("runtime_test", user="runtime_test", password="se'cond")
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("runtime_test",)
    with psycopg.connect(postgres.dsn("postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE runtime_test")
        connection.execute("DROP ROLE runtime_test")
