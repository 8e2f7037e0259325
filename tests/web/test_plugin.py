"""The pages inside the real Airflow: mounted, signed in by its auth manager, closed to everybody else."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import expect, sync_playwright

from .conftest import Place
from .test_browser import ARGUMENTS, CHROMIUM

ROOT = Path(__file__).parents[2]
PASSWORDS = {"admin": "admin-of-tests", "viewer": "viewer-of-tests"}
# Runs in a process of its own: importing Airflow changes the one that does.
ASK_WITHOUT_SESSION = """
import json, re, sys
import svod_plugin
heavy = {"svod.web", "svod.resolve", "fastapi", "pymorphy3"} & set(sys.modules)
assert not heavy, heavy  # every process of Airflow imports the plugin
from fastapi.testclient import TestClient
from tests.web.test_security import addresses
(mounted,) = svod_plugin.SvodPlugin.fastapi_apps
client = TestClient(mounted["app"])
asked = [
    (method, address, client.request(method, address, headers=headers).status_code)
    for route in svod_plugin.pages().routes
    for method, address in addresses(route)
    for headers in ({}, {"authorization": "Bearer "}, {"cookie": "_token="})
]
print(json.dumps(asked))
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "SVOD_"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {
        **kept,
        "AIRFLOW_HOME": str(folder),
        "SVOD_HOME": str(folder / "svod"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "plugins"), str(ROOT)]),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder / 'airflow.db'}",
        "AIRFLOW__API_AUTH__JWT_SECRET": "for tests only " * 8,
        "AIRFLOW__API__SECRET_KEY": "for tests only, too",
        "NO_PROXY": "127.0.0.1",
        **more,
    }


def test_without_a_session_airflow_lets_nobody_in(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK_WITHOUT_SESSION],
        env=environment(tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    asked = json.loads(done.stdout.splitlines()[-1])
    assert len(asked) >= 60
    assert {status for _, path, status in asked if "/static/" not in path} == {401}


@dataclass(frozen=True)
class Server:
    """A real api-server of Airflow, under a path prefix."""

    url: str

    def session(self, who: str = "") -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        if who:
            login = {"username": who, "password": PASSWORDS[who]}
            token = session.post(f"{self.url}/auth/token", json=login, timeout=60).json()["access_token"]
            session.headers["authorization"] = f"Bearer {token}"
        return session


FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"


@pytest.fixture(scope="module", params=["simple", "fab"])
def airflow(
    request: pytest.FixtureRequest, country: Place, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Under the embedded stack's way to sign in, and under docker-compose.yml's."""
    folder = tmp_path_factory.mktemp("airflow")
    (folder / "passwords.json").write_text(json.dumps(PASSWORDS))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}/behind/a/proxy")
    parts = dict(pair.split("=", 1) for pair in country.app.split())
    connection = (
        f"postgres://{parts['user']}:{parts['password']}@{parts['host']}:{parts['port']}/{parts['dbname']}"
    )
    env = environment(
        folder,
        AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS="admin:admin,viewer:viewer",
        AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE=str(folder / "passwords.json"),
        AIRFLOW__API__HOST="127.0.0.1",
        AIRFLOW__API__PORT=str(port),
        AIRFLOW__API__WORKERS="1",
        AIRFLOW__API__BASE_URL=server.url,
        AIRFLOW_CONN_SVOD_APP=connection,
    )
    command = [sys.executable, "-m", "airflow"]
    if request.param == "fab":
        env["AIRFLOW__CORE__AUTH_MANAGER"] = FAB
    subprocess.run([*command, "db", "migrate"], env=env, check=True, capture_output=True, timeout=180)
    for who, password in PASSWORDS.items() if request.param == "fab" else ():
        user = ["users", "create", "--username", who, "--password", password, "--role", who.title()]
        user += ["--firstname", who, "--lastname", "of tests", "--email", f"{who}@example.org"]
        subprocess.run([*command, *user], env=env, check=True, capture_output=True, timeout=180)
    with (folder / "api.log").open("w") as log:
        process = subprocess.Popen([*command, "api-server"], env=env, cwd="/", stdout=log, stderr=log)
        try:
            wait_for(server, process, folder / "api.log")
            yield server
        finally:
            process.terminate()
            process.wait(60)


def wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if server.session().get(f"{server.url}/api/v2/version", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.5)
    raise AssertionError(log.read_text()[-3000:])


@pytest.mark.slow
def test_airflow_mounts_the_pages_for_signed_in_people_only(airflow: Server) -> None:
    for path in ("/sources", "/reports", "/review", "/releases", "/nowhere"):
        assert airflow.session().get(f"{airflow.url}/svod{path}", timeout=60).status_code == 401
    admin = airflow.session("admin")
    page = admin.get(f"{airflow.url}/svod/sources", timeout=60)
    assert page.status_code == 200
    prefix = urlsplit(airflow.url).path
    assert f'href="{prefix}/svod/sources/social_kir"' in page.text
    assert f'href="{prefix}/dags/ingest__social_kir"' in page.text
    (plugin,) = [
        p
        for p in admin.get(f"{airflow.url}/api/v2/plugins", timeout=60).json()["plugins"]
        if p["name"] == "svod"
    ]
    assert plugin["external_views"][0]["href"] == f"{prefix}/svod/sources"


@pytest.mark.slow
def test_a_viewer_may_look_and_an_admin_may_decide(airflow: Server, country: Place) -> None:
    fact = country.one("select metric_mention_id from raw.metric_mention limit 1")
    address = f"{airflow.url}/svod/review/{fact}"
    seen = airflow.session("viewer").get(address, timeout=60)
    assert seen.status_code == 200
    assert '<form class="decide"' not in seen.text
    assert '<form class="decide"' in airflow.session("admin").get(address, timeout=60).text
    for who in PASSWORDS:  # without the form's own token nobody may
        sent = airflow.session(who).post(address, data={"verdict": "confirmed", "follows": "0"}, timeout=60)
        assert sent.status_code == 403


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium")
def test_the_pages_work_in_airflows_frame(airflow: Server, country: Place, tmp_path: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(f"{airflow.url}/")
        page.fill("input[name=username]", "admin")
        page.fill("input[name=password]", PASSWORDS["admin"])
        page.click("[type=submit]")
        page.wait_for_url(lambda url: "/auth/login" not in url)
        page.goto(f"{airflow.url}/plugin/svod")
        frame = page.frame_locator("iframe")
        expect(frame.locator("h1")).to_be_visible(timeout=30_000)
        frame.locator('td.lead a[href$="/sources/social_kir"]').click()
        frame.locator('td.lead a[href*="/report/"]').first.click()
        expect(frame.locator(".text .metric").first).to_be_visible()
        assert "/plugin/svod/" in page.url  # the address in the bar leads back to this report
        assert "/report/" in page.url
        page.screenshot(path=tmp_path / "report.png")
        frame.locator('.top nav a[href$="/sources"]').click()
        frame.locator('a[data-outer][href$="/dags/ingest__social_kir"]').click()
        page.wait_for_url(lambda url: url.endswith("/dags/ingest__social_kir"))
        browser.close()
