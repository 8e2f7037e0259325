"""Makers of the feeds that cases/feeds.yml names."""

from __future__ import annotations

from collections.abc import Callable

from .pages import PROSE, entry, feed

TWO = [entry(1), entry(2)]
XML = '<?xml version="1.0" encoding="utf-8"?>'
LONG = PROSE * 2


def with_doctype(subset: str, name: str = "&x;") -> str:
    return feed(
        [entry(1).replace("Новость 1", f"Новость 1 {name}"), entry(2)], f"{XML}<!DOCTYPE rss [{subset}]>"
    )


def laughs() -> str:
    lines = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))]
    return with_doctype("".join(lines), "&a11;")


def without_guid(number: int, link: int | None = None) -> str:
    text = entry(number).replace(f"<guid>n{number}</guid>", "")
    return text if link is None else text.replace(f"/n/{number}<", f"/n/{link}<")


def item(body: str) -> str:
    return f"<item>{body}</item>"


FEEDS: dict[str, Callable[[], str]] = {
    "external_file_entity": lambda: with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
    "external_http_entity": lambda: with_doctype('<!ENTITY x SYSTEM "http://{inside}/">'),
    "external_dtd": lambda: feed(TWO, f'{XML}<!DOCTYPE rss SYSTEM "http://{{inside}}/x.dtd">'),
    "parameter_entity": lambda: with_doctype('<!ENTITY % p SYSTEM "http://{inside}/"> %p;'),
    "billion_laughs": laughs,
    "quadratic_blowup": lambda: with_doctype(f'<!ENTITY x "{"a" * 50_000}">', "&x;" * 5_000),
    "missing_guids": lambda: feed([without_guid(1), without_guid(2)]),
    "duplicate_guids": lambda: feed([entry(1, guid="same"), entry(2, guid="same")]),
    "same_entry_twice": lambda: feed([entry(1, guid="same"), entry(1, guid="same")]),
    "html_as_feed": lambda: f"<!doctype html><html><body><p>{PROSE}</p></body></html>",
    "json_as_feed": lambda: '{"items": [{"title": "Новость"}]}',
    "plain_text": lambda: PROSE * 10,
    "empty_channel": lambda: feed([]),
    "nothing_at_all": lambda: "",
    "no_dates": lambda: feed(TWO),
    "absurd_dates": lambda: feed(
        [entry(1, date="Fri, 31 Feb 9999 99:99:99 +9900"), entry(2, date="0000-00-00T00:00:00Z")]
    ),
    "russian_dates": lambda: feed([entry(1, date="12 февраля 2026"), entry(2, date="12.02.2026 10:00")]),
    "cp1251": lambda: feed(TWO, '<?xml version="1.0" encoding="windows-1251"?>'),
    "cp1251_declared_utf8": lambda: feed(TWO),
    "cut_off": lambda: feed(TWO)[: feed(TWO).index("Новость 2") - 20],
    "bare_ampersands": lambda: feed([entry(1).replace("Новость 1", "Мир & труд & «май»"), entry(2)]),
    "unclosed_tags": lambda: feed([entry(1).replace("</title>", ""), entry(2)]).replace("</channel>", ""),
    "control_characters": lambda: feed([entry(1).replace("Новость", "Нов\x0b\x01ость"), entry(2)]),
    "deep_nesting": lambda: feed([entry(1), item("<a>" * 100_000 + "x" + "</a>" * 100_000)]),
    "five_thousand_entries": lambda: feed([entry(n, LONG[:300]) for n in range(5_000)]),
    "very_long_title": lambda: feed([entry(1).replace("Новость 1", "Новость " * 125_000)]),
    "script_links": lambda: feed(
        [entry(n).replace(f"http://region.example/n/{n}", "javascript:alert(1)") for n in (1, 2)]
    ),
    "no_link_no_text": lambda: feed([entry(1), item("<title>Пусто</title>")]),
    "atom_relative_links": lambda: (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://region.example/a/">'
        f"<entry><title>Новость</title><link href='../n/1'/><id>tag:region.example,2026:1</id>"
        f"<updated>2026-02-12T10:00:00+03:00</updated>"
        f"<content type='html'>&lt;p&gt;{LONG}&lt;/p&gt;</content></entry></feed>"
    ),
    "rdf": lambda: (
        f'{XML}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><item rdf:about="http://region.example/n/1">'
        f"<title>Новость</title><link>http://region.example/n/1</link>"
        f"<content:encoded>{LONG}</content:encoded></item></rdf:RDF>"
    ),
    "yandex_full_text": lambda: feed(
        [
            item(
                f"<title>Новость</title><link>http://region.example/n/1</link><guid>n1</guid>"
                f"<description>Коротко</description><yandex:full-text>{LONG}</yandex:full-text>"
            )
        ]
    ).replace("<rss ", '<rss xmlns:yandex="http://news.yandex.ru" '),
    "wall_mirror": lambda: feed(
        [
            item(
                f"<title>{PROSE[:60]}...</title><link>http://mirror.example/wall-5_17</link>"
                f"<description><![CDATA[{LONG}]]></description>"
            )
        ]
    ),
}
