"""The pages after a real demonstration, in a real browser: what they show, and where their links lead.

Pictures of every page, wide and narrow, in both languages, are left in a folder whose name is printed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from svod.config import CHECKOUT, Settings
from svod.runtime import control
from svod.runtime.demo import run_all, run_demo
from svod.runtime.stack import embedded_postgres
from svod.warehouse.sightings import record_withdrawals

from .test_browser import ARGUMENTS, CHROMIUM, LAPTOP, PHONE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium"),
]
SOURCE = "kirov_dobro43"


@dataclass(frozen=True)
class Demo:
    """The stack that a demonstration left running."""

    settings: Settings
    url: str
    pictures: Path

    def one(self, query: str) -> str:
        with psycopg.connect(self.settings.dsn("app")) as conn:
            row = conn.execute(query).fetchone()
        assert row
        return str(row[0])

    def sign_in(self, page: Page) -> None:
        page.fill("input[name=username]", "admin")
        page.fill("input[name=password]", self.settings.secret("airflow.admin"))
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/auth/login" not in url)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    sources = shutil.copytree(CHECKOUT / "dags" / "sources", folder / "sources")
    settings = Settings(home=folder / "home", sources_dir=sources)
    try:
        result = run_demo(settings, keep=True, say=print)
        assert result.succeeded
        yield Demo(settings, result.state.airflow_url, folder)
    finally:
        control.down(settings)
        embedded_postgres(settings).remove()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


def visitor(browser: Browser, demo: Demo, **options: Any) -> tuple[Page, list[str]]:
    """A signed-in person's page, and what the browser complains of or asks of other hosts."""
    page = browser.new_context(**options).new_page()
    page.goto(f"{demo.url}/auth/login")
    demo.sign_in(page)
    page.goto("about:blank")
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(demo.url) else complaints.append(f"asks {r.url}"))
    return page, complaints


@pytest.mark.parametrize("locale", ["ru-RU", "en-US"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_page_is_whole_and_quiet(
    browser: Browser, demo: Demo, size: dict[str, int], locale: str
) -> None:
    outcome = demo.one("select outcome_id from marts.fct_outcome order by confidence, 1 limit 1")
    report = demo.one(
        f"select report_id from marts.dim_report where source_id = '{SOURCE}' order by 1 limit 1"
    )
    partner = demo.one("select partner_id from marts.dim_partner order by 1 limit 1")
    paths = {
        "sources": "sources",
        "source": f"sources/{SOURCE}",
        "reports": "reports",
        "report": f"report/{report}",
        "queue": "review?below=1",
        "decision": f"review/{outcome}?verdict=corrected",
        "partners": "partners",
        "partner": f"partner/{partner}",
        "releases": "releases",
        "release": "releases/1",
        "changes": "releases/1/fct_outcome?change=added",
        "data_docs": "docs/quality/",
        "dbt_docs": "docs/dbt",
    }
    page, complaints = visitor(browser, demo, viewport=size, locale=locale)
    for name, path in paths.items():
        answer = page.goto(f"{demo.url}/svod/{path}")
        assert answer is not None
        assert answer.status == 200, name
        picture = demo.pictures / f"{name} {locale[:2]} {size['width']}.png"
        assert len(page.screenshot(path=picture, full_page=True)) > 10_000
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"] or name == "dbt_docs", f"{name} is {width} wide"
        assert complaints == [], name
    print(demo.pictures)


def test_the_evidence_of_a_claim_opens_at_its_sentence(browser: Browser, demo: Demo) -> None:
    """From a dashboard, by somebody who is not signed in yet."""
    fact, address, quote = demo.one(
        "select concat_ws(chr(1), outcome_id, evidence_url, quote) from marts.fct_outcome"
        " where quote not like '%%*%%' order by quote_start desc, outcome_id limit 1"
    ).split("\x01")
    page = browser.new_context(viewport=LAPTOP, locale="ru-RU").new_page()  # type: ignore[arg-type]
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 401
    page.click("a.button.main")
    demo.sign_in(page)
    expect(page.locator(f"#fact-{fact}")).to_be_in_viewport()
    sentence = page.locator(f'.text [data-facts~="{fact}"]').first
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_have_class(re.compile(r"\bchosen\b"))
    assert quote.split()[0] in (sentence.text_content() or "")


def test_links_lead_where_they_say(browser: Browser, demo: Demo) -> None:
    page, _ = visitor(browser, demo, viewport=LAPTOP, locale="en-US")
    leads = {
        f"sources/{SOURCE}": [f"/dags/ingest__{SOURCE}", f"/dags/ingest__{SOURCE}/runs/"],
        "releases": ["/docs/quality/", "/docs/dbt", "/releases/1", "/dags/warehouse/runs/"],
        "releases/1": ["/dags/warehouse/runs/", "/releases/1/fct_outcome"],
    }
    for path, parts in leads.items():
        for part in parts:
            page.goto(f"{demo.url}/svod/{path}")
            link = page.locator(f'main a[href*="{part}"]').first
            address = str(link.get_attribute("href"))
            with page.expect_response(lambda r, to=address: r.url.endswith(to)) as answer:  # type: ignore[misc]
                link.click()
            assert answer.value.status == 200, f"{path} → {address}"
    report = demo.one(
        f"select report_id from marts.dim_report where source_id = '{SOURCE}' order by 1 limit 1"
    )
    page.goto(f"{demo.url}/svod/report/{report}")
    page.click('main a[href*="/original/"]')
    expect(page.locator("body")).to_contain_text("<html")


def test_a_task_leads_to_the_reports_of_its_run(browser: Browser, demo: Demo) -> None:
    state = control.status(demo.settings)
    assert state is not None
    client = control.client(demo.settings, state)
    runs = f"/dags/ingest__{SOURCE}/dagRuns"
    run = client._send("GET", runs)["dag_runs"][0]["dag_run_id"]
    links = client._send("GET", f"{runs}/{run}/taskInstances/load/links")["extra_links"]
    (address,) = links.values()
    page, _ = visitor(browser, demo, viewport=LAPTOP, locale="ru-RU")
    page.goto(f"{demo.url}{address}")
    reports = page.frame_locator("iframe").locator('a[href*="/report/"]')
    expect(reports.first).to_be_visible(timeout=30_000)
    page.screenshot(path=demo.pictures / "run in the frame.png")
    reports.first.click()
    expect(page.frame_locator("iframe").locator(".text .metric").first).to_be_visible()


def test_a_red_run_leads_to_its_cause(browser: Browser, demo: Demo) -> None:
    """Last of these tests: it breaks a source, then the candidate, as a rebuilt site and a mishap would."""
    state = control.status(demo.settings)
    assert state is not None
    client = control.client(demo.settings, state)
    page, complaints = visitor(browser, demo, viewport=LAPTOP, locale="en-US")

    broken = demo.settings.sources_dir / f"{SOURCE}.yml"
    broken.write_text(broken.read_text().replace("dobro43.example/news/", "dobro43.example/moved/"))
    (ingested,) = run_all(client, [f"ingest__{SOURCE}"], print)
    assert ingested.state == "failed"
    page.goto(f"{demo.url}/svod/sources")
    worst = page.locator("table.sources tbody tr").first
    expect(worst).to_contain_text(SOURCE)
    expect(worst).to_contain_text("failing")
    page.screenshot(path=demo.pictures / "red sources.png", full_page=True)
    worst.locator("td.lead a").click()
    expect(page.locator(".notice.bad")).to_contain_text("status_404")
    page.screenshot(path=demo.pictures / "red source.png", full_page=True)
    page.locator("dd.links a[href*='/runs/']").click()
    expect(page.get_by_text("Failed").first).to_be_visible(timeout=30_000)
    page.screenshot(path=demo.pictures / "red run.png")

    with psycopg.connect(demo.settings.dsn("owner")) as conn:
        documents = [row[0] for row in conn.execute("select document_id from raw.document order by 1")]
        record_withdrawals(conn, "test", documents[1:], datetime.now(UTC))
    (built,) = run_all(client, ["warehouse"], print)
    assert built.state == "failed"
    complaints.clear()
    page.goto(f"{demo.url}/svod/releases")
    expect(page.locator(".notice.bad")).to_contain_text(built.run_id)
    expect(page.locator(".checks .severity-critical").first).to_be_visible()
    page.screenshot(path=demo.pictures / "red release.png", full_page=True)
    page.locator(".checks a[href*='/docs/quality/']").first.click()
    expect(page.locator(".fa-times").first).to_be_visible()
    page.screenshot(path=demo.pictures / "red data docs.png", full_page=True)
    assert complaints == []
