"""Where the next fetch of a source goes on: JSON between runs, stored with what this run found.

Gaps in lists not yet read to their end, reports that could not be fetched yet, the lists' validators and the
hosts' robots.txt. Losing it costs requests, never reports: what it forgets is found and asked for again.
"""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

MAX_TRIES = 5  # runs in which a report is asked for before it is given up, with a rejection


class Gap(BaseModel):
    """A list to be read on from `page` (read again, in case it moved): to its end or to known reports."""

    model_config = ConfigDict(extra="ignore")

    page: str
    until: Literal["end", "known"]
    pages: int = 0
    since: AwareDatetime | None = None  # "known": to what was known when the list had last been read


class ListMark(BaseModel):
    """One list: what its first page last was, how it was read then, and what of it is still unread."""

    model_config = ConfigDict(extra="ignore")

    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    read_as: str | None = None
    read_at: AwareDatetime | None = None  # the end of the last ordinary run that saw it, changed or not
    gaps: list[Gap] = []


class Pending(BaseModel):
    """A report that is known of and not fetched yet."""

    model_config = ConfigDict(extra="ignore")

    key: str
    url: str
    title: str | None = None
    published: AwareDatetime | None = None
    precision: Literal["instant", "day", "month", "year"] | None = None
    basis: Literal["feed", "page", "text", "file", "none"] = "none"
    tries: int = 0


class RobotsMark(BaseModel):
    """A host's robots.txt as last read: the body in the archive, or None where there is none."""

    model_config = ConfigDict(extra="ignore")

    sha256: str | None
    read_at: AwareDatetime


class Cursor(BaseModel):
    model_config = ConfigDict(extra="ignore")

    lists: dict[str, ListMark] = {}
    pending: list[Pending] = []
    robots: dict[str, RobotsMark] = {}

    @classmethod
    def read(cls, text: str | None) -> Cursor:
        """The cursor that was written; an unreadable one counts as none: the source is read anew."""
        try:
            return cls.model_validate_json(text) if text else cls()
        except ValidationError:
            return cls()

    def write(self) -> str:
        return self.model_dump_json(exclude_defaults=True)
