"""The same stack with Celery workers and Redis in place of the scheduler's own processes."""

from __future__ import annotations

from pathlib import Path

import pytest
import redis

from svod.config import Settings
from svod.runtime.broker import Broker
from svod.runtime.demo import run_all
from svod.runtime.keeper import Keeper
from svod.runtime.stack import Stack, embedded_postgres

DAG_FILE = '''
import time
from pathlib import Path
from airflow.sdk import DAG, task

HERE = Path(__file__).parent

@task
def slow(number: int) -> None:
    """Waits for the other three: one worker alone has two places."""
    (HERE / f"{number}.began").touch()
    until = time.monotonic() + 90
    while len(list(HERE.glob("*.began"))) < 4:
        assert time.monotonic() < until, "the others did not begin"
        time.sleep(0.1)

with DAG("test_spread", schedule=None):
    slow.expand(number=[1, 2, 3, 4])
'''


def test_redis_wants_its_password_and_listens_on_loopback(tmp_path: Path) -> None:
    keeper = Keeper()
    broker = Broker(Settings(home=tmp_path / "a home"), keeper)
    broker.start()
    try:
        client = redis.Redis.from_url(broker.url)
        assert client.ping()
        assert client.config_get("bind") == {"bind": "127.0.0.1"}
        port = client.connection_pool.connection_kwargs["port"]
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=port).ping()
    finally:
        broker.stop()
        keeper.dismiss()


@pytest.mark.slow
def test_two_workers_share_the_tasks(tmp_path: Path) -> None:
    dags = tmp_path / "dags"
    dags.mkdir()
    (dags / "test_dags.py").write_text(DAG_FILE)
    settings = Settings(home=tmp_path / "home", dags_dir=dags)
    with Stack(settings, workers=2) as stack:
        assert stack.airflow is not None
        client = stack.airflow.client()
        client.wait_for_dags({"test_spread"})
        (result,) = run_all(client, ["test_spread"], print)
        assert result.succeeded, result.failed
        logs = [(tmp_path / "home" / "logs" / f"worker-{number}.log").read_text() for number in (1, 2)]
    embedded_postgres(settings).remove()  # under root its data may lie outside the temporary folder
    assert all("] received" in log for log in logs), "both workers should have had tasks"
