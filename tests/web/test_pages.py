"""Each page with real data, and with none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from .conftest import Place
from .samples import NOW, REGIONS, Region, load_reports, report_of, source_of


def words(html: str) -> str:
    """What a reader sees, spaces made plain."""
    text = unescape(re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", html, flags=re.S))
    return " ".join(text.split())


def test_what_came_in_one_run_is_shown_by_its_own_dates(place: Place) -> None:
    source = source_of(Region("RU-TUL"))
    days = [date(2023, 5, day) for day in (9, 2, 30, 17)]
    reads = [report_of(source, f"x{day}", f"Помогли {day.day} семьям.", place.archive) for day in days]
    dated = [
        replace(read, title=f"Отчёт {day:%d}", facts=replace(read.facts, published=day))
        for read, day in zip(reads, days, strict=True)
    ]
    load_reports(place.loader, source, dated, at=NOW)
    for path in ("/reports", f"/sources/{source.id}"):
        titles = re.findall(r"Отчёт (\d\d)", place.client().get(path).text)
        assert titles == ["30", "17", "09", "02"], path


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/sent/Итоги #2 100%25.docx", "Итоги #2 100%25.docx"),
        ("https://a.example/news/%D0%B8%D1%82%D0%BE%D0%B3/?id=1", "итог"),
        ("https://a.example", "Untitled"),
    ],
)
def test_a_report_without_a_title_goes_by_the_name_of_its_file(place: Place, url: str, name: str) -> None:
    source = source_of(Region("RU-TUL"))
    read = report_of(source, "x", "Помогли 9 семьям.", place.archive)
    load_reports(
        place.loader,
        source,
        [replace(read, item=replace(read.item, url=url, title=None), title=None)],
        at=NOW,
    )
    page = place.client().get("/reports?lang=en").text
    report = re.search(r'href="(/report/\w+)">([^<]+)<', page)
    assert report
    assert report[2] == name
    assert name in re.findall(r'<h1 class="title">([^<]+)<', place.client().get(f"{report[1]}?lang=en").text)


def some_report(country: Place, order: str = "metrics desc") -> str:
    return country.one(
        "select v.document_id from raw.version_extraction x join raw.document_version v using (version_id)"
        f" order by {order}, v.document_id limit 1"
    )


EMPTY = ("/sources", "/reports", "/review", "/review/journal", "/releases", "/run?dag_id=x&run_id=y")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_without_any_data_every_page_says_what_is_missing(place: Place, language: str) -> None:
    client = place.client()
    for path in EMPTY:
        answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert answer.status_code == 200, path
        assert 'class="empty"' in answer.text, path


def test_sources_shows_every_source_worst_first(country: Place) -> None:
    page = country.client().get("/sources").text
    rows = re.findall(r'href="/sources/(social_\w+)".*?class="pill state-(\w+)"', page, flags=re.S)
    assert len(rows) == len(REGIONS)
    states = dict(rows)
    assert states["social_mur"] == "failing"
    assert states["social_irk"] == "failing"
    assert states["social_mag"] == "silent"
    assert states["social_kir"] == "ok"
    assert [state for _, state in rows] == sorted((s for _, s in rows), key=["failing", "silent", "ok"].index)


def test_sources_draws_runs_and_says_how_long_a_source_has_failed(country: Place) -> None:
    page = country.client().get("/sources", params={"state": "failing"}).text
    assert page.count('class="bars"') == 4  # reports and figures of two sources
    failed = re.findall(r'<rect class="failed"', page)
    assert len(failed) == 2 * (6 + 1)  # six days of one source, one of the other, in both pictures
    assert "5 дней" in words(page)
    assert "не пускают" in words(page)
    assert "неожиданно пусто" in words(page)


def test_sources_of_a_region(country: Place) -> None:
    page = country.client().get("/sources", params={"region": "47000000"}).text
    assert re.findall(r'<td class="lead"><a href="/sources/(\w+)"', page) == ["social_mur"]
    assert len(re.findall(r'<a class="tile region-', page)) == 89
    assert len(re.findall(r'<a class="tile region-failing', page)) == 2
    assert len(re.findall(r'<a class="tile region-none', page)) == 89 - len(REGIONS)


def test_a_source_links_to_its_dag_its_log_and_its_reports(country: Place) -> None:
    page = country.client().get("/sources/social_kir").text
    assert 'href="/dags/ingest__social_kir"' in page
    assert "/dags/ingest__social_kir/runs/scheduled__2026-11-20" in page
    assert len(set(re.findall(r'href="/report/(\w{32})"', page))) >= 2
    assert country.client().get("/sources/no_such").status_code == 404


def test_a_failing_source_says_why(country: Place) -> None:
    assert "HTTP 403: the site asks for a captcha" in words(country.client().get("/sources/social_mur").text)


def test_a_run_shows_what_it_brought(country: Place) -> None:
    run_id = country.one(
        "select run_id from raw.extraction_run where metrics > 0 and source_id = 'social_kir'"
    )
    page = country.client().get("/run", params={"dag_id": "ingest__social_kir", "run_id": run_id}).text
    assert len(set(re.findall(r'href="/report/(\w{32})"', page))) >= 1


def test_a_report_shows_every_fact_with_its_sentence_fields_rule_and_confidence(country: Place) -> None:
    report = some_report(country)
    page = country.client().get(f"/report/{report}").text
    facts = country.rows(
        "select m.metric_mention_id, m.quote, m.rule_id, m.confidence from raw.metric_mention m"
        " join raw.document_version v using (version_id) where v.document_id = %s",
        report,
    )
    assert len(facts) >= 10
    text = words(page)
    for fact_id, quote, rule, confidence in facts:
        assert f'id="fact-{fact_id}"' in page
        assert f'id="at-{fact_id}"' in page
        assert " ".join(str(quote).split()) in text
        assert str(rule) in text
        assert f"{confidence:.2f}".rstrip("0").replace(".", ",") in text  # Russian decimals
    mentions = country.rows(
        "select project_mention_id from raw.project_mention join raw.document_version using (version_id)"
        " where document_id = %(d)s union all select partner_mention_id from raw.partner_mention"
        " join raw.document_version using (version_id) where document_id = %(d)s".replace(
            "%(d)s", f"'{report}'"
        )
    )
    assert len(mentions) >= 3
    for (mention,) in mentions:
        assert f'id="fact-{mention}"' in page
        assert f'id="at-{mention}"' in page


def test_the_text_of_a_report_is_shown_whole(country: Place) -> None:
    for report, text in country.rows("select document_id, clean_text from raw.document_version"):
        page = country.client().get(f"/report/{report}").text
        article = re.search(r'<article class="text".*?</article>', page, flags=re.S)
        assert article
        assert words(article.group()).replace(" ", "") == "".join(str(text).split())


def test_a_fact_leads_to_its_sentence(country: Place) -> None:
    fact, report = country.rows(
        "select metric_mention_id, document_id from raw.metric_mention"
        " join raw.document_version using (version_id) limit 1"
    )[0]
    answer = country.client(follow_redirects=False).get(f"/fact/{fact}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/report/{report}#fact-{fact}"
    found = country.client(follow_redirects=False).get("/reports", params={"q": fact})
    assert found.headers["location"] == f"/report/{report}#fact-{fact}"


def test_a_report_is_found_by_its_address_and_its_id(country: Place) -> None:
    report, url = country.rows("select document_id, url from raw.document limit 1")[0]
    for wanted in (report, url, f"  {url} "):
        answer = country.client(follow_redirects=False).get("/reports", params={"q": wanted})
        assert answer.headers["location"].startswith(f"/report/{report}"), wanted
    nothing = country.client().get("/reports", params={"q": "https://nowhere.example/"})
    assert 'class="empty"' in nothing.text


def test_reports_are_found_by_words_of_their_titles_in_any_form(country: Place) -> None:
    def found(wanted: str) -> set[str]:
        answer = country.client().get("/reports", params={"q": wanted})
        if answer.url.path.startswith("/report/"):  # there is no other
            return {answer.url.path.removeprefix("/report/")}
        return set(re.findall(r'href="/report/(\w{32})"', answer.text))

    titles = dict(country.rows("select document_id, title from raw.document_version"))
    for report, title in sorted(titles.items())[:5]:
        assert report in found(title.upper())
    named = {report for report, title in titles.items() if re.search(r"\bотч[её]т", title.lower())}
    assert named
    assert found("отчётами") == named
    for hostile in ("'; drop table raw.document; --", "((((", '"', "или -не", "%"):
        assert country.client().get("/reports", params={"q": hostile}).status_code == 200


def test_reports_are_listed_page_by_page_without_loss(country: Place) -> None:
    (count,) = country.rows("select count(*) from raw.document")[0]
    seen = set(re.findall(r'href="/report/(\w{32})"', country.client().get("/reports").text))
    assert len(seen) == min(50, int(str(count)))


def test_the_original_of_a_version_is_what_was_archived(country: Place) -> None:
    report, version, sha256 = country.rows(
        "select document_id, version_id, body_sha256 from raw.document_version limit 1"
    )[0]
    answer = country.client().get(f"/report/{report}/original/{version}")
    assert answer.content == country.archive.get(str(sha256))
    other = country.one("select document_id from raw.document where document_id <> %s", report)
    assert country.client().get(f"/report/{other}/original/{version}").status_code == 404


def test_the_language_is_remembered(country: Place) -> None:
    client = country.client()
    assert '<html lang="ru">' in client.get("/sources").text
    assert '<html lang="en">' in client.get("/sources?lang=en").text
    assert '<html lang="en">' in client.get("/reports").text
    assert '<html lang="ru">' in client.get("/reports?lang=ru").text
    preferred = country.client().get("/sources", headers={"accept-language": "en-GB,en;q=0.9,ru;q=0.5"})
    assert '<html lang="en">' in preferred.text


def test_every_link_works_behind_a_path_prefix(country: Place) -> None:
    client = country.client(root_path="/airflow/svod")
    page = client.get("/airflow/svod/sources").text
    addresses = [a for a in re.findall(r'(?:href|src|action)="([^"#]+)"', page) if not a.startswith("/dags/")]
    assert len(addresses) > 100
    assert all(a.startswith("/airflow/svod/") for a in addresses)
    for address in {a for a in addresses if "/sources/" in a or "/static/" in a}:
        assert client.get(unescape(address)).status_code == 200, address
