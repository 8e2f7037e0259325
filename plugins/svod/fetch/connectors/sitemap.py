"""sitemap.xml and sitemap indexes: addresses of articles with the day they last changed."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from lxml import etree

from svod.errors import FetchError
from svod.extract.layout.page_dates import parse_stamp
from svod.fetch.visit import Page
from svod.models import Outcome
from svod.sources import Source

from .base import Entry, Listing, PageReader, normal_url

MAX_ADDRESSES = 50_000  # the protocol's own limit of one file
MAX_UNPACKED = 50_000_000
MAX_ENTRIES = 2_000  # the newest of a file


class SitemapReader(PageReader):
    """Addresses that match the source's link_pattern, newest first; an index leads to its sitemaps."""

    def read(self, page: Page, source: Source) -> Listing:
        pattern = re.compile(source.link_pattern) if source.link_pattern else None
        zone = ZoneInfo(source.schedule.timezone)
        found: list[tuple[str, datetime | None, bool]] = []
        for index, (kind, address, changed) in enumerate(_addresses(page)):
            if index >= MAX_ADDRESSES:
                break
            if kind == "sitemap" or pattern is None or pattern.search(address):
                found.append((normal_url(address, page.final_url), changed, kind == "sitemap"))
        oldest = datetime.min.replace(tzinfo=zone)
        found.sort(key=lambda f: f[1].astimezone(zone) if f[1] else oldest, reverse=True)
        maps = [address for address, _, is_map in found if is_map]
        entries = [Entry(key=address, url=address) for address, _, is_map in found if not is_map][
            :MAX_ENTRIES
        ]
        return Listing(entries=tuple(entries), lists=tuple(maps))


def _addresses(page: Page) -> Iterator[tuple[str, str, datetime | None]]:
    """(url or sitemap, address, lastmod) of every record; a broken tail is left out."""
    body = _unpacked(page.body)
    if b"<" not in body[:200]:
        raise FetchError(Outcome.ERROR, f"not_a_sitemap: {page.media_type}")
    seen = False
    parser = etree.iterparse(
        BytesIO(body), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        for _, element in parser:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name in {"url", "sitemap"}:
                seen = True
                fields = {etree.QName(c).localname: (c.text or "") for c in element if isinstance(c.tag, str)}
                if fields.get("loc", "").strip():
                    yield name, fields["loc"].strip(), parse_stamp(fields.get("lastmod") or "-")[0]
                element.clear()
    except etree.XMLSyntaxError as error:
        if not seen:
            raise FetchError(Outcome.ERROR, f"not_a_sitemap: {error}"[:200]) from error
    if not seen and b"<urlset" not in body[:2000] and b"<sitemapindex" not in body[:2000]:
        raise FetchError(Outcome.ERROR, f"not_a_sitemap: {page.media_type}")


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.open(BytesIO(body)) as packed:
            data = packed.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FetchError(Outcome.ERROR, f"bad_encoding: {error}") from error
    if len(data) > MAX_UNPACKED:
        raise FetchError(Outcome.ERROR, f"too_large: more than {MAX_UNPACKED} bytes unpacked")
    return data
