"""The AirflowPlugin: Svod's pages inside Airflow's interface, for people whom Airflow has signed in.

Only wiring: who a user is and what they may do comes from Airflow's auth manager, where the warehouse is from
its connections, everything that is shown from svod.web. Nothing is opened before the first page is asked for.
"""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import quote, urlencode, urlsplit

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity
from airflow.api_fastapi.core_api.security import GetUserDep
from airflow.configuration import conf
from airflow.models.connection import Connection
from airflow.plugins_manager import AirflowPlugin
from airflow.sdk import BaseOperatorLink
from fastapi import FastAPI, HTTPException

from svod.archive import Archive
from svod.config import CHECKOUT, Settings
from svod.web import Links, Site, User, create_app

PREFIX = "/svod"
ROUTE = "svod"
INGEST = "ingest__"
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
    return f"{base_path()}/dags/{quote(INGEST + source_id)}"


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


class RunLink(BaseOperatorLink):
    """The button on a task instance that shows which reports its run brought."""

    name = "Свод: что принёс запуск"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        if not ti_key.dag_id.startswith(INGEST):
            return ""
        query = urlencode({"dag_id": ti_key.dag_id, "run_id": ti_key.run_id})
        return f"{base_path()}/plugin/{ROUTE}{base_path()}{PREFIX}/run?{query}"


class SvodPlugin(AirflowPlugin):
    name = "svod"
    fastapi_apps: ClassVar = [{"app": make_app(), "url_prefix": PREFIX, "name": "Svod"}]
    # Airflow frames the page at /plugin/<url_route>/<path in the frame>: so every page has an address
    external_views: ClassVar = [
        {
            "name": "Свод",
            "href": f"{base_path()}{PREFIX}/sources",
            "url_route": ROUTE,
            "destination": "nav",
            "nav_top_level": True,
            "icon": f"{base_path()}{PREFIX}/static/svod.svg",
        }
    ]
    global_operator_extra_links: ClassVar = [RunLink()]
