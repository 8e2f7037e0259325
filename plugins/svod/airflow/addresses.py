"""Where things are in Airflow's interface. Light: every process of Airflow imports it."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from airflow.configuration import conf

INGEST = "ingest__"


def base_path() -> str:
    """The path under which Airflow itself is served: «» or «/airflow»."""
    return str(urlsplit(conf.get("api", "base_url", fallback="")).path).rstrip("/")


def dag_page(source_id: str) -> str:
    return f"{base_path()}/dags/{quote(INGEST)}{quote(source_id)}"


def run_page(source_id: str, run_id: str) -> str:
    return f"{dag_page(source_id)}/runs/{quote(run_id, safe='')}"


def warehouse_run_page(run_id: str) -> str | None:
    """None for what did not run in Airflow: its run ids begin with how they came about, «scheduled__…»."""
    if "__" not in run_id:
        return None
    return f"{base_path()}/dags/warehouse/runs/{quote(run_id, safe='')}"
