"""People are told once a day and topic: by mail, webhook and Telegram, over real sockets, or one down."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from svod.config import Settings
from svod.steps.messages import render
from svod.warehouse.notifications import Warned, warn

from .listeners import MailServer, WebServer, serving

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@dataclass
class Told:
    """The three channels, and the warehouse that the DAG reads."""

    settings: Settings
    mail: MailServer
    web: WebServer
    run: object

    def rows(self, query: str) -> list[tuple]:
        with psycopg.connect(self.settings.dsn("owner")) as conn:
            cursor = conn.execute(query)
            return cursor.fetchall() if cursor.description else []

    def warn(self, topic: str, source: str | None, reason: str, severity: str = "warning") -> None:
        with psycopg.connect(self.settings.dsn("transformer")) as conn:
            warn(conn, topic, key=source or "x", severity=severity, reason=reason, source_id=source)

    def tell(self) -> None:
        assert self.run.test().state == "success"  # type: ignore[attr-defined]

    def a_day_passes(self) -> None:
        self.rows("update ops.notification set day = day - 1")

    def states(self) -> dict[tuple[str, str], str]:
        """(channel, topic) → how its last attempt ended."""
        return {
            (channel, topic): state
            for channel, topic, state in self.rows(
                "select channel, topic, state from ops.notification order by notification_id"
            )
        }


@pytest.fixture
def told(bag, stack, monkeypatch) -> Iterator[Told]:
    mail, web = MailServer(), WebServer()
    for server in (mail, web):
        serving(server)
    extra = {"from_email": "svod@example.org", "to": "a@example.org, b@example.org", "disable_ssl": True}
    web_port = web.server_address[1]
    connections = {
        "mail_duty": {
            "conn_type": "smtp",
            "host": "127.0.0.1",
            "port": mail.server_address[1],
            "extra": extra | {"disable_tls": "true"},
        },
        "hook_duty": {
            "conn_type": "http",
            "host": "127.0.0.1",
            "port": web_port,
            "password": "hook-secret",
            "extra": {"endpoint": "/hook"},
        },
        "chat_duty": {
            "conn_type": "telegram",
            "host": f"http://127.0.0.1:{web_port}",
            "password": TOKEN,
            "extra": {"chat_id": "-100500"},
        },
    }
    for name, connection in connections.items():
        monkeypatch.setenv(f"AIRFLOW_CONN_{name.upper()}", json.dumps(connection))
    monkeypatch.setenv("SVOD_ALERT_CHANNELS", "mail_duty, hook_duty,chat_duty")
    yield Told(stack, mail, web, bag.dags["alerts"])
    for server in (mail, web):
        server.shutdown()
        server.server_close()


def test_one_message_a_topic_and_channel_and_day(told: Told) -> None:
    told.warn("task_failure", "kirov_dobro43", "fetch failed")
    told.warn("task_failure", None, "warehouse failed", "critical")
    told.warn("gate", None, "fct_outcome: rows against last release", "critical")
    told.tell()
    assert len(told.mail.letters) == 2
    letter = next(m for m in told.mail.letters if "Задачи" in m["Subject"])
    assert letter["To"] == "a@example.org, b@example.org"
    assert letter["From"] == "svod@example.org"
    text = letter.get_content()
    assert "Tasks failed: 2" in text
    assert text.index("warehouse failed") < text.index("fetch failed"), "the worst first"
    assert "kirov_dobro43" in text
    hooks = [body for path, body, sign in told.web.posts if path == "/hook" and sign == "Bearer hook-secret"]
    assert sorted(body["topic"] for body in hooks) == ["gate", "task_failure"]
    chats = [body for path, body, _ in told.web.posts if path == f"/bot{TOKEN}/sendMessage"]
    assert [body["chat_id"] for body in chats] == ["-100500"] * 2
    assert set(told.states().values()) == {"sent"}

    told.warn("task_failure", "irkutsk_vestnik", "load failed")
    told.tell()
    assert len(told.mail.letters) == 2, "the rest of the day waits for tomorrow"
    told.a_day_passes()
    told.tell()
    assert len(told.mail.letters) == 3
    assert "irkutsk_vestnik" in told.mail.letters[-1].get_content()
    assert "kirov_dobro43" not in told.mail.letters[-1].get_content(), "told once"
    told.a_day_passes()
    told.tell()
    assert len(told.mail.letters) == 3, "no news, no message"


def test_a_channel_that_is_down_breaks_nothing_and_tells_later(told: Told, monkeypatch) -> None:
    """The mail server is away, the web server fails: recorded, tried again, nothing lost, no secret told."""
    port = told.mail.server_address[1]
    told.mail.shutdown()
    told.mail.server_close()
    told.web.status = 503
    told.warn("gate", None, "held back")
    told.warn("deadline", None, "late")
    told.tell()
    assert set(told.states().values()) == {"failed"}
    tries = told.rows("select channel, max(tries), count(*) from ops.notification group by 1")
    assert {(most, count) for _, most, count in tries} == {(3, 2)}
    errors = " ".join(row[0] for row in told.rows("select error from ops.notification"))
    assert "503" in errors
    assert "refused" in errors.lower()
    assert TOKEN not in errors
    assert "hook-secret" not in errors

    told.web.status = 200
    told.mail = MailServer(port)
    serving(told.mail)
    told.warn("gate", None, "held back again")
    told.tell()
    assert set(told.states().values()) == {"sent"}
    assert len(told.mail.letters) == 2
    assert len(told.web.posts) == 4
    told.tell()
    assert len(told.mail.letters) == 2


@pytest.mark.parametrize(
    ("connection", "error"),
    [
        (None, "not_there"),
        ({"conn_type": "smtp", "host": "127.0.0.1"}, "from_email"),
        ({"conn_type": "telegram", "password": "x"}, "chat_id"),
        ({"conn_type": "postgres", "host": "127.0.0.1"}, "sends nothing"),
    ],
)
def test_a_channel_that_is_set_up_wrongly_is_recorded_and_the_others_go_on(
    told: Told, monkeypatch, connection: dict[str, object] | None, error: str
) -> None:
    if connection is not None:
        monkeypatch.setenv("AIRFLOW_CONN_NOT_THERE", json.dumps(connection))
    monkeypatch.setenv("SVOD_ALERT_CHANNELS", "not_there,mail_duty")
    told.warn("gate", None, "held back")
    told.tell()
    assert told.states() == {("not_there", "gate"): "failed", ("mail_duty", "gate"): "sent"}
    assert error in told.rows("select error from ops.notification where state = 'failed'")[0][0]


def test_without_a_channel_nothing_is_sent_and_nothing_is_lost(told: Told, monkeypatch) -> None:
    monkeypatch.setenv("SVOD_ALERT_CHANNELS", "")
    told.warn("gate", None, "held back")
    told.tell()
    assert told.states() == {}
    monkeypatch.setenv("SVOD_ALERT_CHANNELS", "mail_duty")
    told.tell()
    assert len(told.mail.letters) == 1


def test_a_slow_channel_is_given_up(told: Told, monkeypatch) -> None:
    """A server that takes the call and says nothing."""
    from svod.airflow import channels

    monkeypatch.setattr(channels, "TIMEOUT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        connection = {"conn_type": "http", "host": "127.0.0.1", "port": mute.getsockname()[1]}
        monkeypatch.setenv("AIRFLOW_CONN_MUTE", json.dumps(connection))
        monkeypatch.setenv("SVOD_ALERT_CHANNELS", "mute,mail_duty")
        told.warn("gate", None, "held back")
        told.tell()
    assert told.states() == {("mute", "gate"): "failed", ("mail_duty", "gate"): "sent"}


def test_a_failed_task_becomes_a_row_and_a_message(bag, told: Told) -> None:
    told.rows("alter table raw.document rename to gone")
    assert bag.dags["ingest__kirov_dobro43"].test().state == "failed"
    assert bag.dags["ingest__kirov_dobro43"].test().state == "failed"
    rows = told.rows("select topic, source_id, severity, detail from ops.warning")
    assert [row[:3] for row in rows] == [("task_failure", "kirov_dobro43", "warning")]
    ((key, detail),) = rows[0][3].items()
    assert key.startswith("ingest__kirov_dobro43.")
    assert detail["times"] == 2
    told.tell()
    assert "ingest__kirov_dobro43." in told.mail.letters[0].get_content()


def test_maintenance_judges_yesterday_and_tells(bag, told: Told) -> None:
    assert bag.dags["ingest__kirov_dobro43"].test().state == "success"
    told.rows("update raw.fetch_event set started_at = started_at - interval '1 day'")
    for table, column in (("source", "seen_at"), ("document", "first_seen_at")):
        told.rows(f"update raw.{table} set {column} = {column} - interval '300 days'")
    assert bag.dags["maintenance"].test().state == "success"
    topics = {row[0] for row in told.rows("select topic from ops.warning")}
    assert "silent_source" in topics
    assert {letter["Subject"].split(":")[0] for letter in told.mail.letters} == {"Свод"}
    assert len(told.mail.letters) == len(topics)


def test_what_strangers_wrote_stays_one_plain_short_line() -> None:
    day = datetime(2026, 11, 22, tzinfo=UTC)
    hostile = "a\r\nBcc: x@evil.example\u202e\u0000\u2066<b>" + "я" * 5000
    warned = [
        Warned(n, day.date() - timedelta(days=n), "gate", "s", "warning", hostile, {}, day) for n in range(25)
    ]
    message = render("gate", warned, day.date())
    assert "\n" not in message.subject
    lines = message.text.splitlines()
    assert sum("Bcc" in line for line in lines) == 20
    assert all(len(line) < 340 for line in lines)
    assert "… и ещё 5 · and 5 more" in lines
    assert not {"\u202e", "\u2066", "\0", "\r"} & set(message.text)
