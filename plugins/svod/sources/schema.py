"""The schema of a source's YAML. Unknown keys are errors: a misspelt setting must not be ignored in silence.

Every field is a fact about the source or a limit we keep towards it; nothing here fetches.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from croniter import croniter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from stdnum.ru import inn as inn_number
from stdnum.ru import ogrn as ogrn_number

Kind = Literal["rss", "listing", "vk", "telegram", "wordpress", "sitemap", "files"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,62}$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Section(BaseModel):
    """Base of all parts: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Publisher(Section):
    """Who issues the reports. Identifiers only where documented; their checksums are verified."""

    name: Words
    inn: str | None = None
    ogrn: str | None = None
    url: str | None = None

    @field_validator("inn")
    @classmethod
    def _inn(cls, value: str | None) -> str | None:
        if value is not None and not inn_number.is_valid(value):
            raise ValueError("not a valid INN (wrong length or checksum)")
        return value

    @field_validator("ogrn")
    @classmethod
    def _ogrn(cls, value: str | None) -> str | None:
        if value is not None and not ogrn_number.is_valid(value):
            raise ValueError("not a valid OGRN (wrong length or checksum)")
        return value


class Territory(Section):
    """Where the reports are about. OKTMO is the key; ISO 3166-2 may lack. Neither: the whole country."""

    oktmo: Annotated[str, StringConstraints(pattern=r"^\d{8}(\d{3})?$")] | None = None
    iso: Annotated[str, StringConstraints(pattern=r"^(RU|UA)-[A-Z0-9]{2,3}$")] | None = None
    name: str | None = None


class Schedule(Section):
    """When to look: a cron expression of five fields or a preset, in the source's own time zone."""

    cron: Annotated[str, StringConstraints(pattern=r"^(@(hourly|daily|weekly|monthly)|(\S+\s+){4}\S+)$")] = (
        "@daily"
    )
    timezone: str = "Europe/Moscow"

    @field_validator("cron")
    @classmethod
    def _cron(cls, value: str) -> str:
        if not croniter.is_valid(value):
            raise ValueError(f"no such schedule: {value}")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no such time zone: {value}") from error
        return value

    @property
    def longest_gap(self) -> timedelta:
        """The longest time between two runs: what a run has to look back over."""
        ticks = croniter(self.cron, datetime(2024, 1, 1))  # noqa: DTZ001 - only distances are looked at
        last, longest, seen = ticks.get_next(datetime), timedelta(0), 0
        begun: datetime = last
        while seen < 13 or last - begun < timedelta(days=35):
            tick: datetime = ticks.get_next(datetime)
            last, longest, seen = tick, max(longest, tick - last), seen + 1
        return longest


class Politeness(Section):
    """What we allow ourselves towards the host. `delay` in seconds between any two requests to it."""

    delay: float = Field(default=2.0, ge=0, le=600)
    daily_cap: int = Field(default=2000, ge=1)  # requests a day for this source
    max_items: int = Field(default=100, ge=1)  # new reports fetched in one run; the rest waits for the next
    max_pages: int = Field(default=5, ge=1)  # further pages of the list read in one run
    robots: Literal["obey", "api"] = "obey"  # api: an official interface, used under its own terms
    recheck_days: int = Field(default=30, ge=0)  # reports younger than this are asked again for changes
    recheck_hours: float = Field(default=20, ge=0)  # and not more often than this


class Selectors(Section):
    """CSS for the kinds that read pages. Without `item` and `link` a listing finds its articles by itself."""

    item: str | None = None  # one entry in the list
    link: str | None = None  # the entry's link to the article
    title: str | None = None
    date: str | None = None
    next: str | None = None  # the link to the list's next page
    content: str | None = None  # the report's own element on its page


class Expected(Section):
    """The volume that is normal. Outside of it, and after `silence_days` of silence, a warning is raised."""

    min_items: int = Field(default=0, ge=0)
    max_items: int = Field(default=1000, ge=1)
    period: Literal["run", "day", "week", "month"] = "month"
    silence_days: int = Field(default=30, ge=1)

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.min_items > self.max_items:
            raise ValueError("min_items is above max_items")
        return self


class Backfill(Section):
    """How far back a first run goes; it continues where it stopped until the limit is reached."""

    pages: int = Field(default=50, ge=0)
    since: date | None = None


class Vk(Section):
    """A wall: by the official API (`owner_id` or `domain`), or by a public mirror named in `urls`."""

    access: Literal["api", "mirror"] = "api"
    owner_id: int | None = None
    domain: str | None = None
    connection: str = "vk_api"  # the Airflow connection whose password is the token
    api_url: str = "https://api.vk.com/method"

    @model_validator(mode="after")
    def _owner(self) -> Self:
        if self.access == "api" and self.owner_id is None and self.domain is None:
            raise ValueError("the API needs owner_id or domain")
        return self


class Files(Section):
    """A folder or bucket prefix (named in `urls`) into which reports are put by hand."""

    pattern: str = "**/*"  # of paths below the folder


class Source(Section):
    """One regional source, as its YAML states it. `id` is the file's stem: the one name it has everywhere."""

    id: Id
    title: Words
    publisher: Publisher
    territory: Territory
    kind: Kind
    urls: tuple[Words, ...] = ()
    link_pattern: str | None = None  # regular expression an article's address must match
    full_text: Literal["auto", "entry", "page"] = "auto"  # feeds: is the entry the report, or its page?
    selectors: Selectors = Selectors()
    schedule: Schedule = Schedule()
    politeness: Politeness = Politeness()
    expected: Expected = Expected()
    backfill: Backfill = Backfill()
    vk: Vk | None = None
    files: Files = Files()
    owner: Words
    licence: Words
    charset: str | None = None  # only where the site declares a wrong one
    may_be_empty: bool = False
    paused: bool = False
    verified: date | Literal["never"] = "never"
    citation: tuple[Words, ...] = ()
    notes: str | None = None

    @field_validator("urls", mode="after")
    @classmethod
    def _known_schemes(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            parts = urlsplit(url)
            if parts.scheme in {"http", "https"} and not parts.hostname:
                raise ValueError(f"no host in {url!r}")
        return urls

    @model_validator(mode="after")
    def _kind_has_what_it_needs(self) -> Self:
        needs_urls = self.kind != "vk" or (self.vk is not None and self.vk.access == "mirror")
        if needs_urls and not self.urls:
            raise ValueError(f"kind {self.kind} needs urls")
        if self.kind == "vk" and self.vk is None:
            raise ValueError("kind vk needs a vk section")
        if self.kind not in {"vk", "files"} and not all(
            u.startswith(("http://", "https://")) for u in self.urls
        ):
            raise ValueError("urls must begin with http:// or https://")
        return self
