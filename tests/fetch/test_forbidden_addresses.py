"""No list can make us ask an address inside: every spelling, redirect and answer of a resolver."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from svod.fetch.addresses import Resolved, resolve

from .conftest import HOST, Fetcher, make_source
from .footprint import measured
from .pages import article, listing
from .server import Server, response

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "ssrf.yml").read_text(encoding="utf-8"))


@pytest.fixture
def inside() -> Iterator[Server]:
    """A server that only listens on loopback and must not be found."""
    started = Server()
    started.page("/", article("Внутренняя страница"))
    yield started
    started.stop()


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40
    assert len({c["id"] for c in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_an_address_inside_is_not_asked(
    case: dict[str, Any], server: Server, inside: Server, fetch: Fetcher
) -> None:
    bad = case.get("article", "/news/2/").format(port=inside.port)
    server.page("/news/", listing(["/news/1/", bad, "/news/3/"]))
    for n in (1, 3):
        server.page(f"/news/{n}/", article(f"Новость {n}"))
    if "redirect" in case:
        target = case["redirect"].format(port=inside.port)
        server.raw("/news/2/", response(b"", "302 Found", Location=target))
        server.raw("/hop/", response(b"", "302 Found", Location=f"http://127.0.0.1:{inside.port}/"))

    def resolver(host: str, port: int) -> list[Resolved]:
        if "resolves" not in case or not host.endswith(".example"):
            return resolve(host, port)
        return [(socket.AF_INET6 if ":" in a else socket.AF_INET, (a, port)) for a in case["resolves"]]

    source = make_source(selectors={"item": ".news-item", "link": "a"})
    with measured() as footprint:
        result = fetch(source, client_settings=replace(fetch.settings, resolver=resolver))
    assert inside.connections == 0
    assert {f"http://{HOST}/news/1/", f"http://{HOST}/news/3/"} <= {i.url for i in result.items}
    assert not any("Внутренняя" in fetch.archive.get(i.body_sha256).decode() for i in result.items)
    refused = [e for e in result.events if e.reason.startswith("forbidden_address")]
    assert bool(refused) is not case.get("harmless", False)
    assert [r.code for r in result.rejections if r.code != "gone"] == ["forbidden_address"] * bool(refused)
    assert footprint.seconds < 30
    assert footprint.grown_mb < 50


_CONNECTED: list[object] = []
_watching = False


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event == "socket.connect":
        _CONNECTED.append(arguments[1])
        raise OSError("not from a test")


sys.addaudithook(_hook)  # a hook cannot be taken away again: it only watches when told to


def test_a_name_that_changes_its_answer_is_asked_once_and_taken_at_its_word(fetch: Fetcher) -> None:
    """DNS rebinding: the address that was judged is the address that is connected to."""
    global _watching
    answers = iter((["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"]))
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[Resolved]:
        asked.append(host)
        return [(socket.AF_INET, (a, port)) for a in next(answers)]

    settings = replace(fetch.settings, resolver=resolver, retries=0)
    source = make_source(url="http://turncoat.example/news/", politeness={"delay": 0, "robots": "api"})
    _CONNECTED.clear()
    _watching = True
    try:
        result = fetch(source, client_settings=settings)
    finally:
        _watching = False
    assert asked == ["turncoat.example"]
    assert _CONNECTED == [("93.184.216.34", 80)]
    assert not result.items


def test_only_the_named_host_may_be_private(server: Server, inside: Server, fetch: Fetcher) -> None:
    """`hosts` opens one door, `allow_private_addresses` all of them."""
    source = make_source(url=f"http://127.0.0.1:{inside.port}/", selectors={"link": "a"})
    assert fetch(source).events[-1].reason.startswith("forbidden_address")
    assert inside.connections == 0
    fetch(source, client_settings=replace(fetch.settings, allow_private_addresses=True))
    assert inside.connections > 0
