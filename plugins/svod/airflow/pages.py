"""The pages in Airflow: who a user is comes from its auth manager, the warehouse from a connection.

Imported by the API server alone, when the first page is asked for: see svod_plugin.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity
from airflow.api_fastapi.core_api.security import GetUserDep
from airflow.configuration import conf
from airflow.models.connection import Connection
from fastapi import FastAPI, HTTPException

from svod.airflow.addresses import base_path, dag_page, run_page, warehouse_run_page
from svod.archive import Archive
from svod.config import DBT_PROJECT, Settings
from svod.steps.dbt_docs import dbt_docs_page
from svod.steps.warehouse import docs_dir
from svod.web import Links, Site, User, create_app

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
    uri: str = Connection.get_connection_from_secrets(CONNECTION).get_uri()
    return "postgresql://" + uri.partition("://")[2]


def make_app() -> FastAPI:
    settings = Settings()
    host = urlsplit(conf.get("api", "base_url", fallback="")).netloc.lower()
    site = Site(
        dsn=warehouse,
        secret=lambda: str(conf.get("api", "secret_key")),
        archive=lambda: Archive(settings.archive),
        territory_seed=DBT_PROJECT / "seeds" / "territory.csv",
        sources_dir=settings.sources_dir,
        links=Links(
            dag=dag_page,
            run=run_page,
            warehouse_run=warehouse_run_page,
            sign_in=f"{base_path()}/auth/login",
        ),
        docs={
            "quality": docs_dir(settings),
            "dbt": dbt_docs_page(settings),
        },
        origins=frozenset({host} - {""}),
    )
    return create_app(site, signed_in)
