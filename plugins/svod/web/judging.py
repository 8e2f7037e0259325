"""What the form about two names of partners says, read strictly. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from .forms import MOST_CHARACTERS

VERDICTS = ("positive", "negative", "open")


@dataclass(frozen=True, slots=True)
class Judging:
    """A judgement as it was sent. `seen`: the partners that the names belonged to on the page."""

    left: str
    right: str
    verdict: str
    reason: str
    follows: int
    seen: tuple[str, str]
    problems: Mapping[str, str]


def understand_judgement(fields: Mapping[str, str]) -> Judging:
    """The judgement; HTTPException 400 for what no form of ours can have sent."""
    left, right, follows = (fields.get(name, "") for name in ("left", "right", "follows"))
    verdict = fields.get("verdict", "")
    if verdict not in VERDICTS or not left < right:
        raise HTTPException(400)
    if not (follows.isascii() and follows.isdigit() and len(follows) < 19):
        raise HTTPException(400)
    reason = fields.get("note", "").strip().replace("\0", "")
    problems = {}
    if not reason:
        problems["note"] = "reason"
    if len(reason) > MOST_CHARACTERS:
        problems["note"] = "long"
    seen = fields.get("left_id", ""), fields.get("right_id", "")
    return Judging(left, right, verdict, reason, int(follows), seen, problems)
