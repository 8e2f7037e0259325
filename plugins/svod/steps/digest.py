"""The step that tells people: one message a topic, channel and day, from the rows of ops.warning.

A channel is a name and a function that sends or raises; how it sends is not known here. A channel that fails
is tried again, then recorded, and the other channels go on; what it has not told it tells the next time. A
message may come twice if the machine dies between sending and recording, never not at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

import structlog

from svod import warehouse
from svod.errors import SvodError
from svod.warehouse import notifications

from .messages import Message, render

log = structlog.get_logger("svod.digest")

Sender = Callable[[Message], None]
PAUSES = (1.0, 4.0)  # seconds between the tries; a channel that has failed is tried once a further topic
MOST_ERROR = 500  # characters


class NotSent(SvodError):
    """A channel refused a message; `again` is false when asking again would change nothing."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.again = again


def tell(
    dsn: str,
    channels: Mapping[str, Sender],
    *,
    day: date | None = None,
    pages: str = "",
    pauses: tuple[float, ...] = PAUSES,
) -> dict[str, int]:
    """Send by every channel what it has not told yet; how many messages were sent and failed.

    `dsn`: transformer. `pages`: address of the pages, for a reader's next step. Never raises for a channel.
    """
    day = day or datetime.now(UTC).date()
    counts = {"sent": 0, "failed": 0}
    with warehouse.connect(dsn, autocommit=True, name="svod digest") as conn:
        if not notifications.take_turn(conn):
            return counts  # another task is telling this very moment
        for channel, send in channels.items():
            left = pauses
            for topic, warnings in notifications.unsent(conn, channel, day).items():
                message = render(topic, warnings, day, pages)
                tries, error = _send(send, message, left)
                notifications.record(
                    conn, warnings, day=day, channel=channel, message=message.text, tries=tries, error=error
                )
                counts["failed" if error else "sent"] += 1
                if error:
                    left = ()
                    log.warning("message not sent", channel=channel, topic=topic, tries=tries, error=error)
    return counts


def _send(send: Sender, message: Message, pauses: tuple[float, ...]) -> tuple[int, str | None]:
    """(how often it was tried, why it failed in the end)."""
    for tries, pause in enumerate((*pauses, None), start=1):
        try:
            send(message)
            return tries, None
        except Exception as error:  # noqa: BLE001 - a broken channel must not keep the others from telling
            if pause is None or (isinstance(error, NotSent) and not error.again):
                return tries, (f"{type(error).__name__}: {error}".strip())[:MOST_ERROR]
        time.sleep(pause)
    raise AssertionError("the last try has no pause")
