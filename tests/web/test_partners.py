"""Partners joined and kept apart by people: on the pages, in the journal, at the next resolve."""

from __future__ import annotations

import re
from dataclasses import replace
from threading import Barrier, Thread

import psycopg
import pytest
from fastapi.testclient import TestClient
from httpx import Response
from tests.warehouse.reports import put_in_force

from svod.models import Evidence, PartnerMention
from svod.resolve import resolve

from .conftest import Place
from .samples import NOW, Region, load_reports, report_of, source_of

SOURCE = source_of(Region("RU-KIR"))
HOUSE, HOME, OTHER = "Фонд «Тёплый дом»", "АНО «Дом тепла»", "Клуб «Родник»"


@pytest.fixture
def partners(place: Place) -> Place:
    """Three organisations in three reports, resolved: nothing in their names says that two are one."""
    reads = []
    for number, name in enumerate((HOUSE, HOME, OTHER)):
        text = f"Помогли 12 семьям. С нами {name}."
        read = report_of(SOURCE, f"x{number}", text, place.archive)
        at = text.index(name)
        evidence = Evidence(start=at, end=at + len(name), quote=name, rule="test", confidence=0.9)
        mention = PartnerMention(name=name, type="ngo", role=None, evidence=evidence)
        reads.append(replace(read, facts=replace(read.facts, partners=(mention,))))
    load_reports(place.loader, SOURCE, reads, at=NOW)
    put_in_force(place.loader, "1")
    resolve(place.transformer)
    return place


def partner(place: Place, name: str) -> str:
    return place.one("select canonical_id from ops.canonical_name where name = %s", name)


def key(place: Place, name: str) -> str:
    return place.one("select name_key from ops.canonical_name where name = %s", name)


def pair_page(place: Place, left: str, right: str, who: str = "anna") -> str:
    query = {"left": key(place, left), "right": key(place, right)}
    answer = place.client(who).get("/partners/pair", params=query)
    assert answer.status_code == 200, answer.text
    return answer.text


def form(page: str) -> dict[str, str]:
    """The hidden fields of the form, as a browser would send them."""
    body = re.search(r'<form class="decide".*?</form>', page, flags=re.S)
    assert body, page
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body.group()))


def send(client: TestClient, fields: dict[str, str]) -> Response:
    answer: Response = client.post("/partners/pair", data=fields, follow_redirects=False)
    return answer


def judge(
    place: Place, left: str, right: str, verdict: str, who: str = "anna", why: str = "адрес один"
) -> Response:
    return send(
        place.client(who), form(pair_page(place, left, right, who)) | {"verdict": verdict, "note": why}
    )


def decisions(place: Place) -> list[tuple[object, ...]]:
    return place.rows(
        "select verdict, decided_by, reason, follows from ops.judgement"
        " where decided_by not in ('rule', 'seed') order by judgement_id"
    )


def test_from_a_report_to_a_merger_and_back(partners: Place) -> None:
    """The way of a reviewer: report, partner, search, pair, decision; the next resolve applies it."""
    anna = partners.client()
    report = partners.one("select document_id from raw.document order by natural_key limit 1")
    link = re.search(r'href="(/partner/[^"]+)"', anna.get(f"/report/{report}").text)
    assert link
    found = anna.get(link.group(1), params={"q": "дом теп"}).text
    pair = re.search(r'class="button" href="(/partners/pair\?[^"]+)"', found)
    assert pair
    page = anna.get(pair.group(1).replace("&amp;", "&")).text
    assert HOUSE in page
    assert HOME in page
    answer = send(anna, form(page) | {"verdict": "positive", "note": "один устав"})
    assert answer.status_code == 303
    assert decisions(partners) == [("positive", "anna", "один устав", 0)]
    assert "при следующей сборке" in anna.get(answer.headers["location"]).text
    old = {partner(partners, HOUSE), partner(partners, HOME)}
    assert len(old) == 2, "nothing is joined before the warehouse runs"

    resolve(partners.transformer)
    assert partner(partners, HOUSE) == partner(partners, HOME)
    assert "действует" in anna.get("/partners/decisions").text
    (gone,) = old - {partner(partners, HOUSE)}
    moved = anna.get(f"/partner/{gone}", follow_redirects=False)
    assert moved.headers["location"] == f"/partner/{partner(partners, HOUSE)}"

    assert judge(partners, HOUSE, HOME, "open", "boris", "уставы разные").status_code == 303
    resolve(partners.transformer)
    assert {partner(partners, HOUSE), partner(partners, HOME)} == old, "the ids mean what they meant"
    assert [row[:2] for row in decisions(partners)] == [("positive", "anna"), ("open", "boris")]
    resolve(partners.transformer)
    assert {partner(partners, HOUSE), partner(partners, HOME)} == old


def test_two_reviewers_at_once_one_of_them_is_told(partners: Place) -> None:
    page = pair_page(partners, HOUSE, HOME)
    fields = {who: form(pair_page(partners, HOUSE, HOME, who)) for who in ("anna", "boris")}
    assert "token" in form(page)
    together, answers = Barrier(2), {}

    def press(who: str, verdict: str) -> None:
        client = partners.client(who)
        together.wait()
        answers[who] = send(client, fields[who] | {"verdict": verdict, "note": "так"}).status_code

    threads = [Thread(target=press, args=pair) for pair in (("anna", "positive"), ("boris", "negative"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == [303, 409]
    assert len(decisions(partners)) == 1


def test_a_form_from_before_anothers_decision_is_stale(partners: Place) -> None:
    fields = form(pair_page(partners, HOUSE, HOME))
    assert judge(partners, HOUSE, HOME, "positive", "boris").status_code == 303
    answer = send(partners.client(), fields | {"verdict": "negative", "note": "нет"})
    assert answer.status_code == 409
    assert "Решение уже принял кто-то другой" in answer.text
    assert "/partners/pair?left=" in answer.text
    assert len(decisions(partners)) == 1


def test_a_form_from_before_a_resolve_that_moved_the_names_is_stale(partners: Place) -> None:
    fields = form(pair_page(partners, HOME, OTHER))
    judge(partners, HOUSE, HOME, "positive")
    resolve(partners.transformer)
    judge(partners, HOUSE, OTHER, "positive")
    resolve(partners.transformer)
    answer = send(partners.client(), fields | {"verdict": "positive", "note": "да"})
    assert answer.status_code == 409
    assert "пересобраны" in answer.text


def test_what_would_join_over_anothers_no_is_refused_with_the_reason(partners: Place) -> None:
    judge(partners, HOUSE, HOME, "positive")
    resolve(partners.transformer)
    judge(partners, HOME, OTHER, "negative", "boris", "другой город")
    answer = judge(partners, HOUSE, OTHER, "positive")
    assert answer.status_code == 409
    assert "Мешает другое решение" in answer.text
    assert judge(partners, HOME, OTHER, "open", "boris").status_code == 303
    assert judge(partners, HOUSE, OTHER, "positive").status_code == 303
    resolve(partners.transformer)
    assert len({partner(partners, name) for name in (HOUSE, HOME, OTHER)}) == 1


def test_a_decision_outlives_a_seed_that_overruled_it(partners: Place) -> None:
    judge(partners, HOUSE, HOME, "positive")
    a, b = sorted((key(partners, HOUSE), key(partners, HOME)))
    partners.rows(
        "insert into ops.judgement (entity_kind, left_key, right_key, verdict, decided_by, reason)"
        " values ('partner', %s, %s, 'negative', 'seed', 'once in the seed')",
        a,
        b,
    )
    resolve(partners.transformer)
    assert partner(partners, HOUSE) == partner(partners, HOME)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"verdict": "unsure"}, 400),
        ({"verdict": "positive", "follows": "x"}, 400),
        ({"verdict": "positive", "left": "zz", "right": "aa"}, 400),
        ({"verdict": "positive", "left": "0", "right": "1"}, 404),
        ({"verdict": "positive", "note": " "}, 422),
        ({"verdict": "positive", "note": "я" * 2001}, 422),
        ({"verdict": "positive", "token": "1.x"}, 403),
    ],
)
def test_forms_that_cannot_be_used_change_nothing(
    partners: Place, changes: dict[str, str], status: int
) -> None:
    fields = form(pair_page(partners, HOUSE, HOME)) | {"note": "да"} | changes
    assert send(partners.client(), fields).status_code == status
    assert decisions(partners) == []


def test_a_guest_sees_partners_and_decides_nothing(partners: Place) -> None:
    guest = partners.client("guest")
    page = pair_page(partners, HOUSE, HOME, "guest")
    assert '<form class="decide"' not in page
    fields = form(pair_page(partners, HOUSE, HOME)) | {"verdict": "positive", "note": "да"}
    assert send(guest, fields).status_code == 403


def test_hostile_names_are_text(partners: Place) -> None:
    hostile = "<script>alert(1)</script> %_\\ «Фонд»\u202e"
    partners.rows("update ops.canonical_name set name = %s where name = %s", hostile, HOUSE)
    partners.rows("update ops.canonical set name = %s where name = %s", hostile, HOUSE)
    anna = partners.client()
    for answer in (
        anna.get("/partners", params={"q": "%_\\"}),
        anna.get(f"/partner/{partner(partners, hostile)}"),
        anna.get("/partners/pair", params={"left": key(partners, hostile), "right": key(partners, HOME)}),
    ):
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;alert(1)" in answer.text
    assert HOME not in anna.get("/partners", params={"q": "%"}).text, "a sign, not a pattern"
    assert anna.get("/partners", params={"q": "я" * 501}).status_code == 400
    assert anna.get("/partner/nobody").status_code == 404


def test_pairs_left_to_people_are_a_queue(partners: Place) -> None:
    a, b = sorted((key(partners, HOME), key(partners, OTHER)))
    partners.rows(
        "insert into ops.judgement (entity_kind, left_key, right_key, verdict, score, decided_by, reason)"
        " values ('partner', %s, %s, 'unsure', 0.8, 'rule', 'alike')",
        a,
        b,
    )
    anna = partners.client()
    assert OTHER in anna.get("/partners").text
    assert judge(partners, HOME, OTHER, "negative").status_code == 303
    assert OTHER not in anna.get("/partners").text


def test_the_role_of_the_pages_can_only_add(partners: Place) -> None:
    judge(partners, HOUSE, HOME, "positive")
    with psycopg.connect(partners.app, autocommit=True) as conn:
        for statement in (
            "update ops.judgement set verdict = 'negative'",
            "delete from ops.judgement",
            "insert into ops.judgement (entity_kind, left_key, right_key, verdict, decided_by, reason, score)"
            " values ('partner', 'a', 'b', 'positive', 'x', 'y', 1)",
            "update ops.canonical_name set canonical_id = 'x'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(statement)
