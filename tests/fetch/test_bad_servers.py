"""Servers that misbehave: each with its outcome, in bounded time and memory, and its neighbours load."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from svod.errors import UnreadableReport
from svod.extract.files.text import clean_text
from svod.fetch.run import failure
from svod.models import Outcome

from .conftest import HOST, Fetcher, make_source
from .footprint import measured
from .misbehaviour import GOOD, KINDS, answer_for
from .pages import article, listing
from .server import Server, response

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "http.yml").read_text(encoding="utf-8"))


def test_every_misbehaviour_is_a_case() -> None:
    assert len(CASES) >= 40
    assert {c["id"] for c in CASES} == set(KINDS)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_a_report_of_a_bad_server(case: dict[str, Any], server: Server, fetch: Fetcher) -> None:
    links = [f"/news/{n}/" for n in (1, 2, 3)]
    server.page("/news/", listing(links))
    for link in links:
        server.page(link, article(link))
    server.answers["/news/2/"] = answer_for(case["id"], server)
    url = f"http://{HOST}/news/2/"
    with measured() as footprint:
        result = fetch(make_source())
    loaded = {i.url for i in result.items}
    stops = case.get("stops", False)  # a host that refuses us is left alone for this run
    assert {f"http://{HOST}/news/1/"} | ({f"http://{HOST}/news/3/"} if not stops else set()) <= loaded
    assert footprint.seconds < 60
    assert footprint.grown_mb < 120
    events = [e for e in result.events if e.url == url]
    pending = [p.url for p in _pending(result.cursor)]
    if "reason" not in case:
        assert url in loaded
        assert events[-1].outcome is Outcome.OK
        _check_text(case, fetch, next(i for i in result.items if i.url == url))
        return
    assert url not in loaded
    assert events[-1].outcome == case["outcome"]
    assert events[-1].reason.startswith(case["reason"])
    assert len(events) == case.get("attempts", len(events))
    assert (url in pending) is case.get("waits", False)
    assert [r.code for r in result.rejections] == ([case["rejected"]] if "rejected" in case else [])


def _pending(cursor: str | None) -> list[Any]:
    from svod.fetch.cursor import Cursor

    return list(Cursor.read(cursor).pending)


def _check_text(case: dict[str, Any], fetch: Fetcher, item: Any) -> None:
    body = fetch.archive.get(item.body_sha256)
    if "unreadable" not in case:
        assert "Проведено 120 занятий для 45 семей" in clean_text(body, item.media_type, item.charset).text
        return
    with measured() as footprint, pytest.raises(UnreadableReport) as refused:
        clean_text(body, item.media_type, item.charset)
    assert refused.value.code == case["unreadable"]
    assert footprint.seconds < 60
    assert footprint.grown_mb < 120


@pytest.mark.parametrize("case", [c for c in CASES if "reason" in c], ids=lambda c: c["id"])
def test_a_bad_list_leaves_the_other_list_alone(case: dict[str, Any], server: Server, fetch: Fetcher) -> None:
    server.answers["/news/2/"] = answer_for(case["id"], server)
    server.page("/good/", listing(["/n/1/", "/n/2/", "/n/3/"]))
    for n in (1, 2, 3):
        server.page(f"/n/{n}/", article(f"Новость {n}"))
    result = fetch(make_source(urls=[f"http://{HOST}/news/2/", f"http://{HOST}/good/"]))
    assert len(result.items) == (
        0 if case["id"] == "rate_limit_long" else 3
    )  # a day off is for the whole host
    bad = [e for e in result.events if e.url.endswith("/news/2/")]
    assert bad[-1].outcome == case["outcome"]
    assert bad[-1].reason.startswith(case["reason"])


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def test_a_certificate_nobody_signed_is_refused_and_a_known_one_taken(fetch: Fetcher, tmp_path: Path) -> None:
    server = Server(tls=self_signed(tmp_path))
    try:
        server.page("/news/", listing([f"/news/{n}/" for n in (1, 2, 3)]))
        for n in (1, 2, 3):
            server.page(f"/news/{n}/", article())
        source = make_source(url=f"https://{HOST}/news/")
        settings = replace(fetch.settings, hosts={HOST: server.address})
        refused = fetch(source, client_settings=settings)
        assert refused.events[-1].reason.startswith("tls")
        assert len([e for e in refused.events if e.url == source.urls[0]]) <= 1  # no use in trying again
        trusted = replace(settings, ca_bundle=str(tmp_path / "server.pem"))
        assert len(fetch(source, client_settings=trusted).items) == 3
    finally:
        server.stop()


def test_a_server_that_drips_over_tls_is_cut_off(fetch: Fetcher, tmp_path: Path) -> None:
    server = Server(tls=self_signed(tmp_path))
    try:
        server.answers["/news/"] = answer_for("drip_body", server)
        settings = replace(
            fetch.settings, hosts={HOST: server.address}, ca_bundle=str(tmp_path / "server.pem"), deadline=1.0
        )
        with measured() as footprint:
            result = fetch(make_source(url=f"https://{HOST}/news/"), client_settings=settings)
        assert result.events[-1].reason.startswith("deadline")
        assert footprint.seconds < 30
    finally:
        server.stop()


def test_plain_http_where_tls_was_meant(server: Server, fetch: Fetcher) -> None:
    result = fetch(make_source(url=f"https://{HOST}/news/"))
    assert result.events[-1].reason.startswith("tls")


def test_nobody_listening(server: Server, fetch: Fetcher) -> None:
    address = server.address
    server.stop()
    result = fetch(make_source(), client_settings=replace(fetch.settings, hosts={HOST: address}))
    assert result.events[-1].outcome is Outcome.ERROR
    assert result.events[-1].reason.startswith("connection")


def test_a_name_that_nobody_knows(fetch: Fetcher) -> None:
    result = fetch(make_source(url="http://nowhere.invalid/news/"))
    assert result.events[-1].reason.startswith("dns")


def test_a_token_is_not_carried_to_another_host(server: Server, fetch: Fetcher) -> None:
    other = Server()
    try:
        other.page("/elsewhere/", GOOD)
        server.raw("/method/", response(b"", "302 Found", Location="http://other.example/elsewhere/"))
        from svod.fetch.client import Client

        settings = replace(fetch.settings, hosts={HOST: server.address, "other.example": other.address})
        Client(settings).get(f"http://{HOST}/method/", {"Authorization": "Bearer secret"})
        assert server.requests[0].headers["authorization"] == "Bearer secret"
        assert "authorization" not in other.requests[0].headers
    finally:
        other.stop()


def test_a_failure_says_its_innermost_cause(server: Server, fetch: Fetcher, tmp_path: Path) -> None:
    """What the libraries wrap around it fills the line before it comes to the point."""
    long = f"http://{HOST}/{'novosti/' * 20}"
    address = server.address
    server.stop()
    refused = fetch(make_source(url=long), client_settings=replace(fetch.settings, hosts={HOST: address}))
    assert [e.reason for e in refused.events] == [
        "connection: ConnectionRefusedError: [Errno 111] Connection refused"
    ] * (1 + fetch.settings.retries)
    secure = Server(tls=self_signed(tmp_path))
    try:
        settings = replace(fetch.settings, hosts={HOST: secure.address})
        unsigned = fetch(make_source(url=long.replace("http:", "https:")), client_settings=settings)
    finally:
        secure.stop()
    assert "self-signed certificate" in unsigned.events[-1].reason
    unknown = fetch(make_source(url="http://nowhere.invalid/" + "novosti/" * 30))
    assert "gaierror" in unknown.events[-1].reason


def test_a_list_whose_robots_txt_fails_has_no_event_of_its_own(server: Server, fetch: Fetcher) -> None:
    server.raw("/robots.txt", response(b"", "503 Service Unavailable"))
    result = fetch(make_source())
    assert server.paths() == []
    assert {e.url for e in result.events} == {f"http://{HOST}/robots.txt"}
    assert len(result.events) == len(server.requests) == 1 + fetch.settings.retries
    assert failure(result) == (Outcome.ERROR, "status_503")


def test_a_list_that_leads_to_a_host_without_rules_keeps_its_event(server: Server, fetch: Fetcher) -> None:
    server.raw("/news/", response(b"", "302 Found", Location="http://other.example/news/"))
    settings = replace(fetch.settings, hosts={HOST: server.address, "other.example": "127.0.0.1:9"})
    result = fetch(make_source(), client_settings=settings)
    asked = [e for e in result.events if e.url == f"http://{HOST}/news/"]
    assert len(asked) == len(server.paths()) == 1 + fetch.settings.retries
    assert {e.outcome for e in asked} == {Outcome.ERROR}
