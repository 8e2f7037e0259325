"""The AirflowPlugin: Svod's pages inside Airflow's interface, for people whom Airflow has signed in.

Only wiring: who a user is and what they may do comes from Airflow's auth manager, where the warehouse is from
its connections, everything that is shown from svod.web. Nothing is opened before the first page is asked for.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity
from airflow.api_fastapi.core_api.security import GetUserDep
from airflow.configuration import conf
from airflow.models.connection import Connection
from airflow.plugins_manager import AirflowPlugin
from fastapi import FastAPI, HTTPException

from svod.archive import Archive
from svod.config import CHECKOUT, Settings
from svod.web import Links, Site, User, create_app

PREFIX = "/svod"
CONNECTION = "svod_app"


def signed_in(user: GetUserDep) -> User:
    """The person behind Airflow's session. Who may see DAGs may look; who may run them may decide."""
    manager = get_auth_manager()
    if not manager.is_authorized_dag(method="GET", user=user):
        raise HTTPException(403)
    may_review = manager.is_authorized_dag(method="POST", access_entity=DagAccessEntity.RUN, user=user)
    return User(id=user.get_id(), name=user.get_name(), may_review=may_review)


def warehouse() -> str:
    """The warehouse as the role that may read everything and add reviews."""
    uri = Connection.get_connection_from_secrets(CONNECTION).get_uri()
    return "postgresql://" + uri.partition("://")[2]


def base_path() -> str:
    """The path under which Airflow itself is served: «» or «/airflow»."""
    return urlsplit(conf.get("api", "base_url", fallback="")).path.rstrip("/")


def dag_page(source_id: str) -> str:
    return f"{base_path()}/dags/{quote('ingest__' + source_id)}"


def run_page(source_id: str, run_id: str) -> str:
    return f"{dag_page(source_id)}/runs/{quote(run_id, safe='')}"


def make_app() -> FastAPI:
    settings = Settings()
    host = urlsplit(conf.get("api", "base_url", fallback="")).netloc.lower()
    site = Site(
        dsn=warehouse,
        secret=lambda: str(conf.get("api", "secret_key")),
        archive=lambda: Archive(settings.archive),
        territory_seed=CHECKOUT / "dbt_project" / "seeds" / "territory.csv",
        links=Links(dag=dag_page, run=run_page, sign_in=f"{base_path()}/auth/login"),
        docs={
            "quality": settings.home / "docs" / "quality",
            "dbt": settings.home / "docs" / "dbt" / "static_index.html",
        },
        origins=frozenset({host} - {""}),
    )
    return create_app(site, signed_in)


def view(name: str, route: str, path: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "href": f"{base_path()}{PREFIX}{path}", "url_route": route, **more}


class SvodPlugin(AirflowPlugin):
    name = "svod"
    fastapi_apps = [{"app": make_app(), "url_prefix": PREFIX, "name": "Svod"}]  # noqa: RUF012 - Airflow's form
    external_views = [  # noqa: RUF012
        view("Источники", "svod-sources", "/sources", destination="nav", category="browse"),
        view("Отчёты", "svod-reports", "/reports", destination="nav", category="browse"),
        view("Проверка", "svod-review", "/review", destination="nav", category="browse"),
        view("Выпуски", "svod-releases", "/releases", destination="nav", category="browse"),
        view("Отчёты", "svod-run", "/run?dag_id={DAG_ID}&run_id={RUN_ID}", destination="dag_run"),
        view("Отчёты", "svod-task", "/run?dag_id={DAG_ID}&run_id={RUN_ID}", destination="task_instance"),
    ]
