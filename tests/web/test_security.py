"""Nobody without a session sees anything, nothing scraped ever runs, forms come from our own pages only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from svod.web.access import TOKEN_SECONDS, Forbidden, User, check_form, form_token

from . import samples
from .conftest import Place
from .samples import NOW, Region, load_reports, report_of, source_of

HOSTILE = "\n".join(
    [
        "<script>document.title = 'owned'</script><img src=x onerror=alert(1)>",
        "Помогли 102\u202e семьям\u202c и 7\u200b7 детям \u0007\u0000".replace("\0", ""),
        "{{ 7 * 7 }} {% for x in y %} ${7*7} </p></article><h1>чужой заголовок</h1>",
        'javascript:alert(1) " onmouseover=alert(1) x="',
    ]
)


def routes(place: Place) -> Iterator[tuple[str, str]]:
    """(method, address) of everything that the app answers."""
    found: list[BaseRoute] = list(place.pages.routes)
    for route in found:
        assert not isinstance(route, Mount), "a mounted app would not ask who is there"
        if not isinstance(route, APIRoute):
            route = next(iter(getattr(route, "effective_candidates", list)()), route)
        yield from addresses(route)


def addresses(route: BaseRoute) -> Iterator[tuple[str, str]]:
    path = re.sub(r"\{\w+:path\}", "any/where", getattr(route, "path", ""))
    path = re.sub(r"\{release_id\}", "1", path)
    for method in sorted(getattr(route, "methods", None) or {"GET"}):
        yield method, re.sub(r"\{\w+\}", "x", path)


def test_nobody_gets_in_without_a_session(country: Place) -> None:
    nobody = country.client("")
    asked = 0
    for method, address in routes(country):
        if address.startswith("/static/"):
            continue  # the page that asks to sign in needs them
        answer = nobody.request(method, address)
        assert answer.status_code == 401, f"{method} {address}"
        assert "Нужно войти" in answer.text or answer.request.method == "HEAD"
        asked += 1
    assert asked >= 20


def test_a_client_that_wants_json_is_told_401_in_json(country: Place) -> None:
    answer = country.client("").get("/sources", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["detail"]


def test_an_address_that_does_not_exist_tells_strangers_nothing(country: Place) -> None:
    assert country.client("").get("/no/such/page").status_code == 401
    assert country.client().get("/no/such/page").status_code == 404
    for path in ("/docs/openapi", "/openapi.json", "/redoc", "/static/../app.py", "/static/app.py"):
        assert country.client().get(path).status_code == 404, path


@pytest.mark.parametrize(
    "path",
    [
        "/reports?q=a%00b",
        "/reports?source=%00",
        "/sources?region=%00",
        "/sources/%00",
        "/report/%00",
        "/report/%00/difference",
        "/fact/%00",
        "/partners?q=%00",
        "/partner/%00",
        "/partners/pair?left=%00&right=%00",
        "/review/%00",
        "/review?after=0.4&after_id=%00",
        "/run?dag_id=%00&run_id=%00",
        "/releases/1/%00",
    ],
)
def test_what_no_column_can_hold_is_a_bad_request(country: Place, path: str) -> None:
    assert country.client(raise_server_exceptions=False).get(path).status_code in (200, 400, 404)


def test_the_page_that_asks_to_sign_in_has_its_style(country: Place) -> None:
    page = country.client("").get("/sources", headers={"accept": "text/html"})
    assert page.status_code == 401
    (style,) = re.findall(r'<link rel="stylesheet" href="[^"]*(/static/[^"]+)"', page.text)
    answer = country.client("").get(style)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/css")


def test_every_answer_carries_the_strict_headers(country: Place) -> None:
    for who in ("anna", ""):
        for path in ("/sources", "/reports", "/no/such", "/static/svod.css", "/static/svod.js"):
            headers = country.client(who).get(path).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'self'" in policy
            assert headers["x-content-type-options"] == "nosniff"


def test_pages_hold_no_inline_script_or_style_and_nothing_from_elsewhere(country: Place) -> None:
    report = country.one("select document_id from raw.document limit 1")
    for path in ("/sources", f"/report/{report}", "/review?below=1", "/releases", "/reports"):
        page = country.client().get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"\son\w+=", page)
        assert "style=" not in page.replace("stylesheet", "")
        assert not re.findall(r'(?:src|<link[^>]*href)="(?:https?:)?//', page)


@pytest.fixture
def hostile(place: Place) -> str:
    """A report whose title, text and address are attacks; its id."""
    source = source_of(Region("RU-TUL"))
    read = report_of(source, "x", HOSTILE, place.archive)
    item = replace(
        read.item, url="javascript:alert(document.domain)//", title="</title><script>1</script>\u202e"
    )
    load_reports(place.loader, source, [replace(read, item=item, title=item.title)], at=NOW)
    return place.one("select document_id from raw.document")


def test_a_hostile_report_is_text(place: Place, hostile: str) -> None:
    page = place.client().get(f"/report/{hostile}").text
    assert "<script>document" not in page
    assert "<img src=x" not in page
    assert "<h1>чужой" not in page
    assert "&lt;script&gt;document.title" in page
    assert "{{ 7 * 7 }}" in page
    assert 'href="javascript:' not in page
    assert "\u202e" not in page
    assert "\u200b" not in page
    assert "\u0007" not in page
    assert page.count(">RLO</span>") >= 1
    assert page.count(">ZWSP</span>") >= 1
    for path in (
        "/reports",
        f"/sources/{samples.source_of(Region('RU-TUL')).id}",
        f"/report/{hostile}/difference",
    ):
        listed = place.client().get(path).text
        assert "<script>1</script>" not in listed
        assert "\u202e" not in listed


def test_a_report_of_one_megabyte_is_shown_whole(place: Place) -> None:
    source = source_of(Region("RU-TUL"))
    text = "Помогли 12 семьям. " + "длинное" * 150_000
    assert len(text) > 1_000_000
    read = replace(report_of(source, "x", "Помогли 12 семьям."), clean_text=text, sha256_text="0" * 64)
    load_reports(place.loader, source, [read], at=NOW)
    report = place.one("select document_id from raw.document")
    answer = place.client().get(f"/report/{report}")
    assert answer.status_code == 200
    assert answer.text.count("длинное") >= 150_000


def test_an_archived_page_cannot_run(place: Place, hostile: str) -> None:
    version = place.one("select version_id from raw.document_version")
    answer = place.client().get(f"/report/{hostile}/original/{version}")
    assert "<script>" in answer.text  # the bytes are the bytes
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "allow-scripts" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("media_type", "charset", "content_type", "disposition"),
    [
        ("text/html", "windows-1251", "text/plain; charset=windows-1251", "inline"),
        ("TEXT/HTML", 'x"; evil=1', "text/plain; charset=utf-8", "inline"),
        ("application/xhtml+xml", None, "text/plain; charset=utf-8", "inline"),
        ("image/svg+xml", None, "application/octet-stream", "attachment"),
        ("application/pdf", None, "application/octet-stream", "attachment"),
        ("multipart/x-mixed-replace", None, "application/octet-stream", "attachment"),
    ],
)
def test_originals_of_any_type_are_harmless(
    place: Place, media_type: str, charset: str | None, content_type: str, disposition: str
) -> None:
    source = source_of(Region("RU-TUL"))
    read = report_of(source, "x", "Помогли 12 семьям.", place.archive)
    item = replace(read.item, media_type=media_type, charset=charset)
    load_reports(place.loader, source, [replace(read, item=item)], at=NOW)
    report, version = place.rows("select document_id, version_id from raw.document_version")[0]
    answer = place.client().get(f"/report/{report}/original/{version}")
    assert answer.headers["content-type"] == content_type
    assert answer.headers["content-disposition"].startswith(disposition)


def test_an_original_that_is_lost_is_said_to_be(place: Place) -> None:
    source = source_of(Region("RU-TUL"))
    load_reports(place.loader, source, [report_of(source, "x", "Этих байтов никто не хранил.")], at=NOW)
    report, version = place.rows("select document_id, version_id from raw.document_version")[0]
    answer = place.client().get(f"/report/{report}/original/{version}")
    assert answer.status_code == 404
    assert "Оригинала нет в архиве" in answer.text


@pytest.mark.parametrize(
    "path", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "/etc/passwd", "a/../../secret.txt"]
)
def test_documentation_stays_in_its_folder(country: Place, path: str) -> None:
    assert "Data Docs" in country.client().get("/docs/quality/").text
    assert country.client().get(f"/docs/quality/{path}").status_code == 404
    assert country.client().get("/docs/nothing").status_code == 404


ANNA = User(id="1", name="anna", may_review=True)
OURS = {"host": "svod.example", "origin": "https://svod.example", "sec-fetch-site": "same-origin"}


def test_a_form_of_our_own_is_accepted_for_twelve_hours() -> None:
    token = form_token("secret", ANNA, NOW)
    check_form("secret", ANNA, NOW, token, OURS, frozenset())
    check_form("secret", ANNA, NOW + timedelta(seconds=TOKEN_SECONDS), token, OURS, frozenset())
    proxied = {"host": "10.0.0.7:8080", "origin": "https://svod.example"}
    check_form("secret", ANNA, NOW, token, proxied, frozenset({"svod.example"}))
    referred = {"host": "svod.example", "referer": "https://svod.example/svod/review"}
    check_form("secret", ANNA, NOW, token, referred, frozenset())


@pytest.mark.parametrize(
    ("headers", "secret", "user", "hours", "reason"),
    [
        (OURS | {"origin": "https://evil.example"}, "secret", ANNA, 0, "foreign_form"),
        (OURS | {"origin": "null"}, "secret", ANNA, 0, "foreign_form"),
        (OURS | {"sec-fetch-site": "cross-site"}, "secret", ANNA, 0, "foreign_form"),
        (OURS | {"sec-fetch-site": "same-site"}, "secret", ANNA, 0, "foreign_form"),
        ({"host": "svod.example"}, "secret", ANNA, 0, "foreign_form"),
        (OURS, "another", ANNA, 0, "foreign_form"),
        (OURS, "secret", replace(ANNA, id="2"), 0, "foreign_form"),
        (OURS, "secret", ANNA, 13, "old_form"),
        (OURS, "secret", ANNA, -1, "old_form"),
        (OURS, "secret", replace(ANNA, may_review=False), 0, "reading_only"),
    ],
)
def test_any_other_form_is_refused(
    headers: dict[str, str], secret: str, user: User, hours: int, reason: str
) -> None:
    token = form_token(secret, ANNA, NOW)
    with pytest.raises(Forbidden, match=reason):
        check_form("secret", user, NOW + timedelta(hours=hours), token, headers, frozenset())


@pytest.mark.parametrize("token", ["", ".", "1", f"{int(NOW.timestamp())}.", "x.y", "é.é"])
def test_a_token_that_is_none_is_refused(token: str) -> None:
    with pytest.raises(Forbidden, match="foreign_form"):
        check_form("secret", ANNA, NOW, token, OURS, frozenset())
