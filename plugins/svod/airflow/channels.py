"""Airflow connections → ways to tell people: e-mail (smtp), a webhook (http, https), Telegram.

SVOD_ALERT_CHANNELS names the connections. What identifies us (a token, a password) never gets into an error.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from typing import Any

import requests
import structlog
from airflow.sdk import Connection

from svod.steps.digest import NotSent, Sender
from svod.steps.messages import Message

log = structlog.get_logger("svod.digest")

TIMEOUT = 20  # seconds
TELEGRAM = "https://api.telegram.org"
TELEGRAM_CHARACTERS = 4096
BUSY = 429


def channels(connections: Sequence[str]) -> dict[str, Sender]:
    """A sender a connection. A connection that is missing or incomplete fails when it is to send."""
    return {name: _sender(name) for name in connections}


def _sender(name: str) -> Sender:
    def send(message: Message) -> None:
        connection = Connection.get(name)
        way = WAYS.get(connection.conn_type)
        if way is None:
            raise NotSent(f"a connection of type {connection.conn_type!r} sends nothing", again=False)
        way(connection, message)

    return send


def send_mail(connection: Connection, message: Message) -> None:
    """Over TLS unless the connection says `disable_ssl`, `disable_tls`, the SMTP provider's own words.

    `from_email` and `to` (commas between) are in the extra, too.
    """
    extra = connection.extra_dejson
    letter = EmailMessage()
    letter["Subject"] = message.subject
    letter["From"] = _needed(extra, "from_email")
    letter["To"] = _needed(extra, "to")
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text)
    encrypted = not _is_on(extra, "disable_ssl")
    client = smtplib.SMTP_SSL if encrypted else smtplib.SMTP
    with client(connection.host or "", connection.port or 0, timeout=TIMEOUT) as server:
        if not encrypted and not _is_on(extra, "disable_tls"):
            server.starttls(context=ssl.create_default_context())
        if connection.login and connection.password:
            server.login(connection.login, connection.password)
        if refused := server.send_message(letter):  # the others have got it: sending again would come twice
            log.warning("some recipients were refused", recipients=sorted(refused))


def send_webhook(connection: Connection, message: Message) -> None:
    """POST as JSON to the connection's address; a password goes along as a bearer token."""
    address = _address(connection, connection.conn_type) + str(connection.extra_dejson.get("endpoint", ""))
    headers = {"Authorization": f"Bearer {connection.password}"} if connection.password else {}
    body = {
        "topic": message.topic,
        "day": message.day.isoformat(),
        "subject": message.subject,
        "text": message.text,
        "warnings": [
            {
                "day": warned.day.isoformat(),
                "source_id": warned.source_id,
                "severity": warned.severity,
                "reason": warned.reason,
            }
            for warned in message.warnings
        ],
    }
    _post(address, body, headers, connection.password or "")


def send_telegram(connection: Connection, message: Message) -> None:
    """By the Bot API: the password is the bot's token, `chat_id` in the extra the chat. Plain text."""
    base = _address(connection, "https") if connection.host else TELEGRAM
    text = message.text
    if len(text) > TELEGRAM_CHARACTERS:
        text = text[: TELEGRAM_CHARACTERS - 1] + "…"
    body = {
        "chat_id": _needed(connection.extra_dejson, "chat_id"),
        "text": text,
        "link_preview_options": {"is_disabled": True},
    }
    token = connection.password or ""
    _post(f"{base}/bot{token}/sendMessage", body, {}, token)


WAYS: dict[str, Callable[[Connection, Message], None]] = {
    "smtp": send_mail,
    "http": send_webhook,
    "https": send_webhook,
    "telegram": send_telegram,
}


def _address(connection: Connection, scheme: str) -> str:
    """scheme://host:port; the connection's own schema goes before `scheme`, a host may name all of it."""
    host = connection.host or ""
    if "://" in host:
        return host.rstrip("/")
    port = f":{connection.port}" if connection.port else ""
    return f"{connection.schema or scheme}://{host}".rstrip("/") + port


def _needed(extra: dict[str, Any], name: str) -> str:
    if not extra.get(name):
        raise NotSent(f"the connection's extra has no {name!r}", again=False)
    return str(extra[name])


def _is_on(extra: dict[str, Any], name: str) -> bool:
    return str(extra.get(name, "")).lower() in {"1", "true", "yes", "on"}


def _post(address: str, body: dict[str, Any], headers: dict[str, str], secret: str) -> None:
    try:
        answer = requests.post(address, json=body, headers=headers, timeout=TIMEOUT, allow_redirects=False)
    except requests.RequestException as error:
        raise NotSent(_without(str(error), secret), again=True) from None
    if not answer.ok or answer.is_redirect:
        told = _without(answer.text[:200], secret)
        again = answer.status_code >= 500 or answer.status_code == BUSY
        raise NotSent(f"HTTP {answer.status_code}: {told}", again=again)


def _without(text: str, secret: str) -> str:
    return text.replace(secret, "…") if secret else text
