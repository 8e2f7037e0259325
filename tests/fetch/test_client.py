"""The client's own habits: proxies, conditions, challenges, crawl delays."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest

from svod.errors import FetchError
from svod.fetch.challenge import is_challenge
from svod.fetch.client import Client, ClientSettings
from svod.fetch.robots import Robots, host_of, robots_url

from .conftest import HOST, Fetcher, make_source
from .pages import article, listing
from .server import Server


def test_a_proxy_is_asked_for_the_whole_address(server: Server) -> None:
    """Names are the proxy's to resolve; private addresses are refused before it is asked."""
    server.page(f"http://{HOST}/news/", "<p>по ту сторону</p>")
    client = Client(ClientSettings(proxy=f"http://{server.address}"))
    assert "по ту сторону" in client.get(f"http://{HOST}/news/").body.decode()
    before = len(server.requests)
    for inside in (
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://localhost/",
        "http://a.internal/",
    ):
        with pytest.raises(FetchError, match="forbidden_address"):
            client.get(inside)
    assert len(server.requests) == before


def test_the_environment_names_no_proxy(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    server.page("/", "ok")
    client = Client(ClientSettings(hosts={HOST: server.address}))
    assert client.get(f"http://{HOST}/").body == b"ok"


def test_who_asks_says_so(server: Server, fetch: Fetcher) -> None:
    server.page("/news/", listing(["/n/1/", "/n/2/", "/n/3/"]))
    fetch(
        make_source(), client_settings=replace(fetch.settings, user_agent="Svod/0.1 (+https://example.org)")
    )
    assert {r.headers["user-agent"] for r in server.requests} == {"Svod/0.1 (+https://example.org)"}


FORM = "<form><input type='password' name='p'></form>"


@pytest.mark.parametrize(
    ("url", "status", "page", "challenged"),
    [
        (
            "/",
            200,
            "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/a'></script>",
            True,
        ),
        ("/", 403, "<title>DDoS-Guard</title><p>Проверка браузера</p>", True),
        ("/", 200, "<title>Вы не робот?</title><form action='/showcaptcha'></form>", True),
        ("/", 200, "<script src='https://ddos-guard.net/x.js'></script><p>Подождите</p>", True),
        ("/auth/login?next=1", 200, f"<title>Сайт</title>{FORM}", True),
        ("/", 200, f"<title>Вход в систему</title>{FORM}", True),
        ("/", 200, "<div class='g-recaptcha'></div>", True),
        ("/", 200, f"<title>Новости</title>{FORM}<p>Войдите или читайте дальше без регистрации</p>", False),
        ("/news/1", 200, article() + "<div class='g-recaptcha'></div>", False),
        ("/news/1", 200, article("Вы не робот: школьники построили робота"), False),
        ("/news/captcha-2024/", 200, article(), False),
        ("/", 404, "<title>Just a moment...</title>", False),
        ("/", 200, "", False),
    ],
)
def test_challenges_are_told_from_pages(url: str, status: int, page: str, challenged: bool) -> None:
    assert is_challenge(f"http://{HOST}{url}", status, "text/html", page.encode()) is challenged


def test_a_hostile_page_does_not_hold_the_challenge_check_up() -> None:
    for page in (b"<script" * 40_000, b"<" * 200_000, b"<title>" * 40_000 + b"captcha" * 20_000):
        is_challenge(f"http://{HOST}/", 200, "text/html", page)


def test_robots_rules_with_wildcards_and_delays() -> None:
    robots = Robots(
        "User-agent: *\nDisallow: /*?print=\nDisallow: /private/\nAllow: /private/open$\nCrawl-delay: 4\n"
        "\nUser-agent: Svod\nDisallow: /search\nRequest-rate: 1/10\n",
        "Svod/0.1 (+https://example.org)",
    )
    assert robots.allows(f"http://{HOST}/private/")  # our own group replaces the general one
    assert not robots.allows(f"http://{HOST}/search?q=1")
    assert robots.delay() == 10
    general = Robots("User-agent: *\nDisallow: /*?print=\nCrawl-delay: 4", "Other/1")
    assert not general.allows(f"http://{HOST}/news/1?print=y")
    assert general.delay() == 4


def test_a_hosts_own_delay_is_kept(server: Server, fetch: Fetcher) -> None:
    class Recording:
        delays: list[float] = []  # noqa: RUF012 - one test, one instance

        def turn(self, host: str, delay: float, patience: float) -> nullcontext[None]:
            self.delays.append(delay)
            return nullcontext()

        def hold(self, host: str, seconds: float) -> None: ...

    server.page("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", media_type="text/plain")
    server.page("/news/", listing(["/n/1/", "/n/2/", "/n/3/"]))
    politeness = Recording()
    fetch(make_source(politeness={"delay": 2}), politeness=politeness)
    assert politeness.delays[0] == 2  # robots.txt itself
    assert set(politeness.delays[1:]) == {7.0}


def test_hosts_are_named_with_their_unusual_ports() -> None:
    assert host_of("https://Example.org:443/a") == "example.org"
    assert host_of("http://example.org:8080/a") == "example.org:8080"
    assert robots_url("http://example.org:8080/a?b") == "http://example.org:8080/robots.txt"
