"""Who is asking, and whether a form was really sent from one of our own pages.

A form must come from our own origin and carry a token that only this server can have made for this person.
Knows nothing of how people sign in: the outside hands in a `User`.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from svod.errors import SvodError

TOKEN_SECONDS = 12 * 3600


class Forbidden(SvodError):
    """A form came from elsewhere, is too old, or its sender may only read."""


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in person: a lasting id, the name shown, and whether decisions may be made."""

    id: str
    name: str
    may_review: bool


def form_token(secret: str, user: User, now: datetime) -> str:
    """A token for this person's forms, good for TOKEN_SECONDS."""
    issued = str(int(now.timestamp()))
    return f"{issued}.{_signature(secret, user, issued)}"


def check_form(
    secret: str, user: User, now: datetime, token: str, headers: Mapping[str, str], trusted: frozenset[str]
) -> None:
    """Raises Forbidden unless the form is ours: origin, token, age, person."""
    if not user.may_review:
        raise Forbidden("reading_only")
    if not _same_origin(headers, trusted):
        raise Forbidden("foreign_form")
    issued, _, signature = token.partition(".")
    expected = _signature(secret, user, issued)
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        raise Forbidden("foreign_form")
    if not issued.isdigit() or not 0 <= now.timestamp() - int(issued) + 60 <= TOKEN_SECONDS + 60:
        raise Forbidden("old_form")


def _signature(secret: str, user: User, issued: str) -> str:
    return hmac.new(secret.encode(), f"{issued}\n{user.id}".encode(), hashlib.sha256).hexdigest()


def _same_origin(headers: Mapping[str, str], trusted: frozenset[str]) -> bool:
    """The browser says where a form was sent from; a browser that says nothing sends no form of ours."""
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = headers.get("origin") or headers.get("referer")
    if not origin:
        return False
    return urlsplit(origin).netloc.lower() in trusted | {headers.get("host", "").lower()} - {""}
