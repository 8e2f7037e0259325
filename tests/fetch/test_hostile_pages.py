"""Pages made to keep a parser busy: every reader of lists is done with them in bounded time."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from svod.errors import SvodError
from svod.fetch.connectors.base import PageReader
from svod.fetch.connectors.feed import FeedReader
from svod.fetch.connectors.listing import ListingReader
from svod.fetch.connectors.sitemap import SitemapReader
from svod.fetch.connectors.telegram import ChannelReader
from svod.fetch.visit import Page

from .conftest import HOST, make_source

LINK = b"<a href=/n/1/>a sentence that is long enough</a>"
PAGES = {
    "deep_then_links": b"<div>" * 1_200 + LINK * 3_000,
    "links_in_depth": b"".join(
        b"<div><a href=/n/%d/>a sentence long enough here</a>" % n for n in range(1_400)
    ),
    "attributes": b"<a href='/n/1/' " + b"x=1 " * 500_000 + b">t</a>",
    "open_lists": b"<ul>" * 1_400 + b"<li>" * 100_000,
    "open_formatting": b"<font><b><i>" * 30_000 + LINK,
    "misnested": b"<a><b><i></a></b></i>" * 6_000,
    "tables_in_tables": b"<table><tr><td>" * 20_000,
    "open_options": b"<select>" + b"<option>" * 39_000,
    "nested_options": b"<select>" + b"<div><option></div>" * 13_000,
    "open_paragraphs": b"<p><b>" * 19_000,
    "open_links": b"<a href=/n/1/>" * 39_000,
    "foster_parents": b"<table><a>" * 140 + b"<b>x" * 10_000,
    "foreign": b"<svg><g>" * 700 + LINK * 2_000,
    "open_items": b"<rss><channel>" + b"<item><title>x</title>" * 100_000,
    "too_many": LINK * 100_000,
}


@pytest.mark.parametrize("reader", [ListingReader, FeedReader, ChannelReader, SitemapReader])
@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_done_with_in_time(name: str, reader: type[PageReader]) -> None:
    page = Page(
        url=f"http://{HOST}/",
        final_url=f"http://{HOST}/",
        body=PAGES[name],
        sha256="0" * 64,
        media_type="text/html",
        charset=None,
        etag=None,
        last_modified=None,
        unchanged=False,
        event=0,
    )
    started = time.monotonic()
    with suppress(SvodError):  # a reason is as good as entries
        reader().read(page, make_source())  # type: ignore[attr-defined]
    assert time.monotonic() - started < 60
