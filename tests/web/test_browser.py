"""The pages in a real browser: what lights up at a click, that nothing complains and nothing hostile runs."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import which

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .conftest import PEOPLE, Place, current_user
from .samples import NOW, Region, load_reports, report_of, source_of
from .test_pages import some_report
from .test_partners import decisions, partners  # noqa: F401 - a fixture
from .test_security import HOSTILE

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium"
)
LAPTOP, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


class Server:
    """The pages on a port of loopback, in a thread; everybody is anna."""

    def __init__(self, place: Place) -> None:
        self._place = place
        listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(place.pages, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, args=([listener],))

    def __enter__(self) -> str:
        self._place.pages.dependency_overrides[current_user] = lambda: PEOPLE["anna"]
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        return self.url

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._place.pages.dependency_overrides.clear()


@pytest.fixture
def site(country: Place) -> Iterator[str]:
    with Server(country) as url:
        yield url


class Visit:
    """A page that remembers everything the browser complained about and every host that it asked."""

    def __init__(self, browser: Browser, size: dict[str, int] = LAPTOP, scheme: str = "light") -> None:
        self.context = browser.new_context(viewport=size, color_scheme=scheme, locale="ru-RU")  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_nothing_complains(
    browser: Browser, site: str, country: Place, size: dict[str, int], scheme: str, tmp_path: Path
) -> None:
    report = some_report(country)
    fact = country.one(
        "select metric_mention_id from raw.metric_mention join raw.document_version using (version_id)"
        " where document_id = %s limit 1",
        report,
    )
    pages = {
        "sources": "/sources",
        "source": "/sources/social_mur",
        "reports": "/reports",
        "report": f"/report/{report}",
        "queue": "/review?below=1",
        "decision": f"/review/{fact}?verdict=corrected",
        "partners": "/partners",
        "releases": "/releases",
    }
    with Visit(browser, size, scheme) as visit:
        for name, path in pages.items():
            answer = visit.page.goto(site + path)
            assert answer is not None
            assert answer.status == 200
            picture = visit.page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
            assert len(picture) > 10_000
            width = visit.page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], f"{name} is {width} wide"
        assert visit.complaints == []
        assert visit.hosts == {site.split("/")[2]}


def test_a_click_leads_from_a_fact_to_its_sentence_and_back(
    browser: Browser, site: str, country: Place
) -> None:
    report = some_report(country)
    facts = country.rows(
        "select metric_mention_id, quote from raw.metric_mention join raw.document_version using (version_id)"
        " where document_id = %s order by start_char",
        report,
    )
    first, last = facts[0], facts[-1]
    with Visit(browser) as visit:
        visit.page.goto(f"{site}/report/{report}")
        visit.page.click(f"#fact-{last[0]} .to-text")
        sentence = visit.page.locator(f'.text [data-facts~="{last[0]}"]').first
        expect(sentence).to_have_class(re.compile(r"\bchosen\b"))
        expect(sentence).to_be_in_viewport()
        assert str(last[1]).split()[0] in (sentence.text_content() or "")
        visit.page.locator(f'.text [data-facts~="{first[0]}"]').first.click()
        card = visit.page.locator(f"#fact-{first[0]}")
        expect(card).to_have_class(re.compile(r"\bchosen\b"))
        expect(card).to_be_in_viewport()
        expect(visit.page.locator(".text .chosen").first).to_have_attribute("href", f"#fact-{first[0]}")
        assert visit.page.url.endswith(f"#fact-{first[0]}")
        assert visit.complaints == []


def test_the_public_evidence_address_opens_at_the_sentence(
    browser: Browser, site: str, country: Place
) -> None:
    fact, report = country.rows(
        "select metric_mention_id, document_id from raw.metric_mention"
        " join raw.document_version using (version_id) order by start_char desc limit 1"
    )[0]
    for size in (LAPTOP, PHONE):
        with Visit(browser, size) as visit:
            visit.page.goto(f"{site}/report/{report}#fact-{fact}")
            expect(visit.page.locator(f"#fact-{fact}")).to_be_in_viewport()
            if size is LAPTOP:
                expect(visit.page.locator(f"#at-{fact}")).to_be_in_viewport()


def test_a_hostile_report_does_nothing(browser: Browser, place: Place) -> None:
    source = source_of(Region("RU-TUL"))
    read = report_of(source, "x", HOSTILE, place.archive)
    item = replace(read.item, url="javascript:alert(1)//", title="<script>alert(2)</script>")
    load_reports(place.loader, source, [replace(read, item=item, title=item.title)], at=NOW)
    report, version = place.rows("select document_id, version_id from raw.document_version")[0]
    with Server(place) as url, Visit(browser) as visit:
        visit.page.goto(f"{url}/report/{report}")
        assert "owned" not in visit.page.title()
        assert "<script>document.title" in visit.page.inner_text(".text")
        assert visit.page.locator(".text img").count() == 0
        assert visit.page.locator(".hidden-char").count() >= 3
        visit.page.goto(f"{url}/report/{report}/original/{version}")
        assert visit.page.title() != "owned"
        assert visit.page.locator("img").count() == 0
        assert visit.complaints == []
        assert visit.hosts == {url.split("/")[2]}


def test_a_correction_is_made_in_the_browser(browser: Browser, place: Place) -> None:
    source = source_of(Region("RU-KIR"))
    read = report_of(source, "x", "Помогли 12 семьям. Прошло 40 занятий.", place.archive)
    load_reports(place.loader, source, [read], at=NOW)
    report = place.one("select document_id from raw.document")
    fact = place.one("select metric_mention_id from raw.metric_mention where value = 40")
    with Server(place) as url, Visit(browser) as visit:
        page = visit.page
        page.goto(f"{url}/report/{report}")
        page.click(f'#fact-{fact} a[href*="verdict=corrected"]')
        page.fill('input[name="value"]', "41,5")
        page.fill('textarea[name="note"]', "в таблице 41,5")
        page.click("button.main")
        expect(page.locator(f"#fact-{fact} .amount").first).to_contain_text("41,5")
        expect(page.locator(f"#fact-{fact} .pill")).to_have_text("исправлен")
        page.locator(f'#fact-{fact} button[value="open"]').click()
        expect(page.locator(f"#fact-{fact} .pill")).to_have_count(0)
        assert visit.complaints == []
    assert place.rows(
        "select verdict, corrected_value::text, reviewed_by from ops.review order by review_id"
    ) == [
        ("corrected", "41.5", "anna"),
        ("open", None, "anna"),
    ]


def test_two_partners_are_joined_in_the_browser(browser: Browser, partners: Place) -> None:  # noqa: F811
    report = partners.one("select document_id from raw.document where natural_key = 'x0'")
    for size in (LAPTOP, PHONE):
        with Server(partners) as url, Visit(browser, size) as visit:
            page = visit.page
            page.goto(f"{url}/report/{report}")
            page.click('.card.partner a[href*="/partner/"]')
            page.fill("#merge ~ form input[name=q]", "дом тепла")
            page.click("#merge ~ form button")
            page.click('a.button[href*="/partners/pair"]')
            expect(page.locator("mark")).to_have_count(2)
            page.fill('textarea[name="note"]', "один устав")
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            page.click("button.main")
            expect(page.locator("h1")).to_have_text("Решения о партнёрах")
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            assert visit.complaints == []
    assert [row[0] for row in decisions(partners)] == ["positive", "positive"]


def test_fields_of_a_correction_open_only_for_a_correction(
    browser: Browser, site: str, country: Place
) -> None:
    fact = country.one("select metric_mention_id from raw.metric_mention limit 1")
    with Visit(browser) as visit:
        visit.page.goto(f"{site}/review/{fact}")
        value = visit.page.locator('input[name="value"]')
        expect(value).to_be_disabled()
        visit.page.check('input[value="corrected"]')
        expect(value).to_be_enabled()


def test_pages_work_without_any_script(browser: Browser, site: str, country: Place) -> None:
    report = some_report(country)
    context = browser.new_context(java_script_enabled=False, viewport=LAPTOP)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(f"{site}/report/{report}")
        expect(page.locator(".bar button")).to_be_visible()
        link = page.locator(".text a.metric").first
        target = link.get_attribute("href")
        link.click()
        expect(page.locator(str(target))).to_be_in_viewport()
    finally:
        context.close()
