"""Decisions of people: made, seen, taken back, refused when stale, kept through re-reading."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from tests.warehouse.reports import put_in_force

from svod.models import ReadReport
from svod.resolve.reviews import carry_reviews
from svod.warehouse import ExtractorRun, connect

from .conftest import Place
from .samples import EXTRACTOR, NOW, Region, gold, load_reports, report_of, source_of, texts

SOURCE = source_of(Region("RU-KIR"))
TEXT = texts()[0]
QUOTE = "свыше 220 занятий"


def loaded(
    place: Place, text: str = TEXT, *, days: int = 0, version: str = "1", key: str = "x"
) -> ReadReport:
    """The report as the source shows it on a day, read by an extractor that is in force from then on."""
    read = report_of(SOURCE, key, text, place.archive)
    extractor = replace(EXTRACTOR, version=version)
    load_reports(place.loader, SOURCE, [read], at=NOW + timedelta(days=days), extractor=extractor)
    put_in_force(place.loader, version)
    return read


def fact(place: Place, quote: str = QUOTE, version: str = "1") -> str:
    """The fact with this quote, in the version in force."""
    return place.one(
        "select metric_mention_id from raw.metric_mention join raw.document_state using (version_id)"
        " where quote = %s and extractor_version = %s",
        quote,
        version,
    )


def form(client: TestClient, fact_id: str, **query: str) -> dict[str, str]:
    """All fields of the form about a fact, as a browser would send them unchanged."""
    page = client.get(f"/review/{fact_id}", params=query).text
    body = re.search(r'<form class="decide".*?</form>', page, flags=re.S)
    assert body, page
    html = body.group()
    fields = dict(
        re.findall(r'<input(?! type="(?:radio|checkbox)")[^>]*?name="(\w+)"[^>]*?value="([^"]*)"', html)
    )
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', html, flags=re.S):
        chosen = re.search(r'value="(\w*)" selected', options)
        fields[name] = chosen.group(1) if chosen else ""
    return fields


def decide(client: TestClient, fact_id: str, verdict: str, **changes: str) -> Response:
    return send(client, fact_id, form(client, fact_id) | {"verdict": verdict, **changes})


def send(client: TestClient, fact_id: str, fields: dict[str, str]) -> Response:
    answer: Response = client.post(f"/review/{fact_id}", data=fields, follow_redirects=False)
    return answer


def card(client: TestClient, report: str, fact_id: str) -> str:
    page = client.get(f"/report/{report}").text
    found = re.search(rf'<section class="card[^>]*id="fact-{fact_id}".*?</section>', page, flags=re.S)
    assert found
    return found.group()


def test_a_fact_is_accepted_from_the_report_page(place: Place) -> None:
    loaded(place)
    one = fact(place)
    anna = place.client()
    report = place.one("select document_id from raw.document")
    token = re.search(r'name="token" value="([^"]+)"', card(anna, report, one))
    assert token
    answer = send(anna, one, {"token": token.group(1), "follows": "0", "verdict": "confirmed"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/report/{report}#fact-{one}"
    assert place.rows("select fact_id, verdict, reviewed_by, follows from ops.review") == [
        (one, "confirmed", "anna", 0)
    ]
    assert "принят" in card(anna, report, one)


def test_a_correction_states_the_whole_fact(place: Place) -> None:
    loaded(place)
    one = fact(place)
    answer = decide(
        place.client(),
        one,
        "corrected",
        value="12 345,6",
        value_max="13 000",
        comparator="approx",
        unit="мастер-класс",
        beneficiary="disabled",
        period_end="2022-07-31",
        planned="yes",
        note="в тексте иначе",
    )
    assert answer.status_code == 303, answer.text
    rows = place.rows(
        "select verdict, corrected_value::text, corrected_value_max::text, corrected_comparator,"
        " corrected_kind, corrected_direction, corrected_unit, corrected_beneficiary, corrected_planned,"
        " corrected_period_start::text, corrected_period_end::text, corrected_project, note from ops.review"
    )
    assert rows == [
        (
            *("corrected", "12345.6", "13000", "approx", "count", None, "мастер-класс", "disabled", True),
            *("2021-07-01", "2022-07-31", "Вятская мастерская добра", "в тексте иначе"),
        )
    ]
    report = place.one("select document_id from raw.document")
    shown = card(place.client(), report, one)
    assert "12\u00a0345,6–13\u00a0000" in shown
    assert "мастер-класс" in shown
    assert "Прочитано:" in shown


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"note": " "}, "Напишите почему"),
        ({"value": "много"}, "Не число"),
        ({"value": ""}, "Без этого нельзя"),
        ({"value": "NaN"}, "Не число"),
        ({"value": "1e999"}, "Не число"),
        ({"value": "10", "value_max": "9"}, "Конец раньше начала"),
        ({"unit": ""}, "Без этого нельзя"),
        ({"kind": "multiple", "direction": ""}, "Без этого нельзя"),
        ({"beneficiary": "elves"}, "Такого значения нет"),
        ({"period_start": "2023-01-01", "period_end": "2022-01-01"}, "Конец раньше начала"),
        ({"period_end": "31 июня"}, "Нет такой даты"),
        ({"note": "я" * 2001}, "Не длиннее 2000"),
    ],
)
def test_a_form_that_cannot_be_understood_is_shown_again_with_what_was_typed(
    place: Place, changes: dict[str, str], problem: str
) -> None:
    loaded(place)
    fields = {"note": "потому что", "unit": "кружок"} | changes
    answer = decide(place.client(), fact(place), "corrected", **fields)
    assert answer.status_code == 422
    assert problem in answer.text
    if "unit" not in changes:
        assert 'value="кружок"' in answer.text
    assert place.rows("select * from ops.review") == []


@pytest.mark.parametrize(
    "changes", [{"verdict": "erased"}, {"follows": "-1"}, {"follows": "x"}, {"follows": "9" * 30}]
)
def test_what_no_form_can_have_sent_is_refused(place: Place, changes: dict[str, str]) -> None:
    loaded(place)
    one = fact(place)
    answer = send(place.client(), one, form(place.client(), one) | {"verdict": "confirmed"} | changes)
    assert answer.status_code == 400
    assert place.client().post(f"/review/{one}", json={"verdict": "confirmed"}).status_code == 400
    assert place.client().post(f"/review/{one}", data={"note": "я" * 70_000}).status_code == 413


def test_a_decision_can_be_taken_back_and_everything_stays_on_record(place: Place) -> None:
    loaded(place)
    one = fact(place)
    report = place.one("select document_id from raw.document")
    assert decide(place.client(), one, "rejected", note="это не показатель").status_code == 303
    assert "отклонён" in card(place.client(), report, one)
    assert decide(place.client("boris"), one, "open").status_code == 303
    after = card(place.client(), report, one)
    assert 'class="pill verdict-' not in after
    assert place.rows("select verdict, reviewed_by from ops.review order by review_id") == [
        ("rejected", "anna"),
        ("open", "boris"),
    ]
    journal = place.client().get("/review/journal").text
    assert "это не показатель" in journal
    assert journal.count("boris") >= 1


def test_a_stale_form_is_told_that_somebody_else_has_decided(place: Place) -> None:
    loaded(place)
    one = fact(place)
    opened = form(place.client("boris"), one)
    assert decide(place.client("anna"), one, "rejected", note="нет такого").status_code == 303
    answer = send(place.client("boris"), one, opened | {"verdict": "confirmed"})
    assert answer.status_code == 409
    assert "Решение уже принял кто-то другой" in answer.text
    assert f'href="/fact/{one}"' in answer.text
    assert place.rows("select verdict from ops.review") == [("rejected",)]
    assert decide(place.client("boris"), one, "confirmed").status_code == 303  # having seen it, one may


def test_of_two_reviewers_at_once_exactly_one_decides(place: Place) -> None:
    loaded(place)
    facts = [str(row[0]) for row in place.rows("select metric_mention_id from raw.metric_mention")]
    forms = [(who, one, form(place.client(who), one)) for one in facts for who in ("anna", "boris")]
    start = Barrier(2)
    statuses: dict[tuple[str, str], int] = {}

    def work(who: str) -> None:
        client = place.client(who)
        for sender, one, fields in forms:
            if sender == who:
                start.wait()
                statuses[who, one] = send(client, one, fields | {"verdict": "confirmed"}).status_code

    threads = [Thread(target=work, args=(who,)) for who in ("anna", "boris")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(facts) >= 8
    for one in facts:
        assert sorted([statuses["anna", one], statuses["boris", one]]) == [303, 409]
    assert place.rows("select count(*), count(distinct fact_id) from ops.review") == [
        (len(facts), len(facts))
    ]


def test_a_guest_may_look_but_not_decide(place: Place) -> None:
    loaded(place)
    one = fact(place)
    page = place.client("guest").get(f"/review/{one}")
    assert page.status_code == 200
    assert "<form class" not in page.text
    assert 'method="post"' not in place.client("guest").get("/review", params={"below": 1}).text
    fields = form(place.client("anna"), one) | {"verdict": "confirmed"}
    assert send(place.client("guest"), one, fields).status_code == 403


def test_a_form_from_another_site_is_refused(place: Place) -> None:
    loaded(place)
    one = fact(place)
    fields = form(place.client(), one) | {"verdict": "confirmed"}
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        answer = place.client().post(f"/review/{one}", data=fields, headers=headers)
        assert answer.status_code == 403
    assert send(place.client(), one, fields | {"token": "1.aa"}).status_code == 403
    assert place.rows("select * from ops.review") == []


def test_the_queue_holds_the_doubtful_ones_until_they_are_decided(place: Place) -> None:
    loaded(place)
    client = place.client()
    (count,) = place.rows("select count(*) from raw.metric_mention")[0]
    page = client.get("/review", params={"below": 1}).text
    assert page.count('<li class="card metric"') == count
    assert 'class="empty"' in client.get("/review", params={"below": 0}).text
    one = fact(place)
    fields = form(client, one) | {"verdict": "confirmed", "back": "queue", "below": "1"}
    assert send(client, one, fields).headers["location"] == "/review?below=1"
    assert f'id="fact-{one}"' not in client.get("/review", params={"below": 1}).text
    decide(client, one, "open")
    assert f'id="fact-{one}"' in client.get("/review", params={"below": 1}).text


SHIFTED = TEXT.replace(
    "С 1 июля 2021", "Вступление, которого прежде не было: команда благодарит всех.\n\nС 1 июля 2021"
)
CHANGED = TEXT.replace(QUOTE, "свыше 260 занятий")


@pytest.mark.parametrize(("text", "version"), [(TEXT, "2"), (SHIFTED, "1"), (SHIFTED, "2")])
def test_decisions_survive_a_new_reading_and_shifted_text(place: Place, text: str, version: str) -> None:
    loaded(place)
    decide(place.client(), fact(place), "rejected", note="почему-то")
    decide(place.client(), fact(place, "9 ярмарок"), "corrected", value="8", note="опечатка")
    if text == TEXT:
        reread(place, version)
    else:
        loaded(place, text, days=1, version=version)
    now = fact(place, QUOTE, version)
    report = place.one("select document_id from raw.document")
    shown = card(place.client(), report, now)
    assert "отклонён" in shown
    assert "перенесено с прежнего прочтения" in shown
    with connect(place.transformer) as conn:
        counts = carry_reviews(conn)
    assert (counts.outdated, counts.carried) == (2, 2)
    in_force = dict(place.rows("select fact_id, verdict from ops.review_in_force where carried"))
    assert in_force == {now: "rejected", fact(place, "9 ярмарок", version): "corrected"}
    with connect(place.transformer) as conn:
        assert carry_reviews(conn) == counts  # again: the same, once
    assert place.rows("select count(*) from ops.review_match") == [(2,)]
    # the next decision follows the one that was carried over
    assert decide(place.client("boris"), now, "confirmed").status_code == 303
    assert "принят" in card(place.client(), report, now)
    assert dict(place.rows("select fact_id, verdict from ops.review_in_force"))[now] == "confirmed"


def test_a_decision_lapses_when_the_figure_itself_has_changed(place: Place) -> None:
    loaded(place)
    decide(place.client(), fact(place), "rejected", note="почему-то")
    loaded(place, CHANGED, days=1)
    report = place.one("select document_id from raw.document")
    assert "отклонён" not in card(place.client(), report, fact(place, "свыше 260 занятий"))
    with connect(place.transformer) as conn:
        assert carry_reviews(conn).carried == 0


def test_a_form_about_an_earlier_reading_is_refused(place: Place) -> None:
    loaded(place)
    one = fact(place)
    opened = form(place.client(), one)
    loaded(place, SHIFTED, days=1)
    answer = send(place.client(), one, opened | {"verdict": "confirmed"})
    assert answer.status_code == 409
    assert "Отчёт с тех пор прочитан заново" in answer.text
    page = place.client().get(f"/review/{one}").text
    assert '<form class="decide"' not in page


def test_a_report_with_decisions_is_given_out_as_an_annotated_report(place: Place) -> None:
    loaded(place)
    decide(place.client(), fact(place), "rejected", note="почему-то")
    decide(
        place.client(), fact(place, "9 ярмарок"), "corrected", value="8", beneficiary="families", note="так"
    )
    report = place.one("select document_id from raw.document")
    answer = place.client().get(f"/report/{report}/annotation.json")
    given = json.loads(answer.text)
    known = gold(1)
    assert list(given) == list(known)
    for part in ("projects", "partners", "metrics"):
        assert list(given[part][0]) == list(known[part][0])  # type: ignore[index]
    quotes = {metric["quote"]: metric for metric in given["metrics"]}
    assert QUOTE not in quotes
    assert quotes["9 ярмарок"]["value"] == 8
    assert quotes["9 ярмарок"]["beneficiary"] == "families"
    assert all(TEXT.count(quote) >= 1 for quote in quotes)
    text = place.client().get(f"/report/{report}/annotation.txt").content.decode()
    assert text == TEXT


def test_the_difference_between_versions_is_shown_word_by_word(place: Place) -> None:
    loaded(place)
    loaded(place, CHANGED, days=1)
    report = place.one("select document_id from raw.document")
    page = place.client().get(f"/report/{report}/difference").text
    assert re.findall(r"<del>(.*?)</del>", page) == ["220"]
    assert re.findall(r"<ins>(.*?)</ins>", page) == ["260"]
    assert "без изменений" in page


def reread(place: Place, version: str) -> None:
    """The same texts, read by another extractor version, which is then in force."""
    from svod.warehouse import Reading, load_readings, pending_versions

    extractor = ExtractorRun(version=version, config_hash="beef", started_at=NOW)
    readings = [
        Reading(
            version_id=v.version_id,
            clean_text=v.clean_text,
            facts=report_of(SOURCE, v.natural_key, v.clean_text).facts,
        )
        for v in pending_versions(place.loader, version)
    ]
    load_readings(place.loader, SOURCE.id, "reread", readings, extractor, mask=list)
    put_in_force(place.loader, version)
