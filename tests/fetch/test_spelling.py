"""Addresses have one spelling, which is the natural key of their reports."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from svod.fetch.connectors.base import normal_url

from .conftest import Fetcher, make_source
from .pages import article, listing
from .server import Server


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://Example.ORG:80/a/../b?x=1&utm_source=y#z", "http://example.org/b?x=1"),
        (
            "http://пример.рф/новости",
            "http://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
        ),
        ("http://example.org/%D0%BD%D0%BE", "http://example.org/%D0%BD%D0%BE"),
        ("https://example.org:443", "https://example.org/"),
        ("https://example.org/?b=2&a=1", "https://example.org/?b=2&a=1"),
        ("http://example.org/%ce%F2%f7%E5%F2.pdf", "http://example.org/%CE%F2%F7%E5%F2.pdf"),  # cp1251
        ("http://example.org/n?r=%cd%EE%E2+%fb&id=3", "http://example.org/n?r=%CD%EE%E2+%FB&id=3"),
        ("http://example.org/100%25.html", "http://example.org/100%25.html"),
        ("http://example.org/a%2fb/%2525", "http://example.org/a%2Fb/%2525"),
        ("http://example.org/m.php?name=News&sid=12", "http://example.org/m.php?name=News&sid=12"),
        (f"http://example.org/m.php?sid={'0a' * 16}&id=1", "http://example.org/m.php?id=1"),
        ("http://example.org/n?from=2", "http://example.org/n?from=2"),
        ("http://example.org/n?from=2026-02-01T10:00", "http://example.org/n?from=2026-02-01T10%3A00"),
        ("http://example.org/n/5?from=main", "http://example.org/n/5"),
    ],
)
def test_addresses_have_one_spelling(url: str, normal: str) -> None:
    assert normal_url(url) == normal
    assert normal_url(normal) == normal


ORDINARY = [
    ("https://Minsoc.Example.ru/news/", "https://minsoc.example.ru/news/"),
    (
        "http://e.ru/новости/2026/отчёт о проекте.html",
        "http://e.ru/{новости}/2026/{отчёт}%20{о}%20{проекте}.html",
    ),
    ("http://e.ru/%D0%BD%d0%be/%E2%84%9612", "http://e.ru/{но}/{№}12"),
    ("http://e.ru/a%20b/(c),d;e=1/%28f%29%2C~g/%7Eh", "http://e.ru/a%20b/(c),d;e=1/(f),~g/~h"),
    ("http://e.ru/a+b/c%2Bd/@e:f!'*$&=", "http://e.ru/a+b/c+d/@e:f!'*$&="),
    ("http://e.ru/a/./b/%2e%2e/c", "http://e.ru/a/c"),
    ("http://e.ru/[1]/<x>|y", "http://e.ru/%5B1%5D/%3Cx%3E%7Cy"),
    ("http://e.ru/100%.html", "http://e.ru/100%.html"),
    ("http://e.ru/n?q=новости района&p=2", "http://e.ru/n?q={новости}+{района}&p=2"),
    ("http://e.ru/n?q=a%20b+c%2Bd&x=%25", "http://e.ru/n?q=a+b+c%2Bd&x=%25"),
    ("http://e.ru/n?u=/news/1&t=10:30&m=a@b", "http://e.ru/n?u=%2Fnews%2F1&t=10%3A30&m=a%40b"),
    ("http://e.ru/n?ids[]=1&ids%5B%5D=2", "http://e.ru/n?ids%5B%5D=1&ids%5B%5D=2"),
    ("http://e.ru/n?blank=&bare&&=v&a==b&s=1;2", "http://e.ru/n?blank=&bare=&=v&a=%3Db&s=1%3B2"),
    ("http://e.ru/n?x=100%&z=~_-.", "http://e.ru/n?x=100%25&z=~_-."),
    ("http://e.ru/n?UTM_Source=a&yclid=1&PHPSESSID=b&back_url_admin=/c&id=7", "http://e.ru/n?id=7"),
]


@pytest.mark.parametrize(("url", "normal"), ORDINARY)
def test_ordinary_addresses_keep_the_spelling_that_names_their_reports(url: str, normal: str) -> None:
    """Natural keys are made of these: a change here would bring every such report a second time."""
    assert normal_url(url) == re.sub(r"\{(.+?)\}", lambda m: quote(m[1]), normal)


def test_an_address_of_an_older_site_is_asked_for_as_it_stands(server: Server, fetch: Fetcher) -> None:
    links = [f"/modules.php?name=%CD%EE%E2&sid={n}" for n in range(3)]
    server.page("/news/", listing([*links, "/files/%CE%F2%F7%E5%F2%25"]))
    for n, link in enumerate(links):
        server.page(link, article(f"Новость {n}"))
    server.page("/files/%CE%F2%F7%E5%F2%25", article("Отчёт"))
    assert len(fetch(make_source(selectors={"link": ".news-item a"})).items) == 4
