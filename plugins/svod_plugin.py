"""The AirflowPlugin: Svod's pages inside Airflow's interface, for people whom Airflow has signed in.

Every process of Airflow imports this, every task too, so it only names things: the pages themselves
(svod.airflow.pages) are made when the API server is first asked for one.
"""

from __future__ import annotations

import asyncio
from functools import cache
from threading import Lock
from typing import Any, ClassVar
from urllib.parse import urlencode

from airflow.plugins_manager import AirflowPlugin
from airflow.sdk import BaseOperatorLink

from svod.airflow.addresses import INGEST, base_path

PREFIX = "/svod"
ROUTE = "svod"
MAKING = Lock()


@cache
def made() -> Any:
    from svod.airflow.pages import make_app

    return make_app()


def pages() -> Any:
    with MAKING:
        return made()


async def app(scope: Any, receive: Any, send: Any) -> None:
    """The pages as an ASGI app."""
    ready = await asyncio.to_thread(pages)
    await ready(scope, receive, send)


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
    fastapi_apps: ClassVar = [{"app": app, "url_prefix": PREFIX, "name": "Svod"}]
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
