"""Airflow's REST API, as far as we drive it. Knows DAG and run ids as plain words, and starts nothing."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests

from svod.errors import SvodError

TIMEOUT = 30.0
QUESTIONS = 4  # times: a busy machine may leave one unanswered; only reading is ever asked again
IMPORT_SECONDS = 10.0  # after this long a file that failed to import is why a DAG is missing


class Unreachable(SvodError):
    """Airflow's API does not answer."""


class Refused(SvodError):
    """Airflow's API answered with an error. Text: request, status, its explanation."""

    def __init__(self, what: str, status: int, text: str) -> None:
        super().__init__(f"{what}: {status} {text[:500]}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Run:
    dag_id: str
    run_id: str
    state: str


@dataclass(frozen=True, slots=True)
class TaskState:
    """One task of a run (`map_index` is -1 unless it is mapped)."""

    task_id: str
    map_index: int
    state: str | None
    attempt: int

    @property
    def name(self) -> str:
        return self.task_id if self.map_index < 0 else f"{self.task_id}[{self.map_index}]"


_IDENTITY = {"dag_id", "run_id", "task_id", "map_index", "ti_id", "try_number"}  # the same in every line
_PASSED_OVER = {"event", "level", "timestamp", "logger", "filename", "lineno", "error_detail"} | _IDENTITY


class AirflowClient:
    """Logs in when first needed and again when its token has run out. Ignores proxies: the API is local."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url
        self._login = {"username": user, "password": password}
        self._session = requests.Session()
        self._session.trust_env = False

    def health(self) -> dict[str, Any]:
        """Needs no login."""
        return self._send("GET", "/monitor/health", login=False)

    def prepare_for_tasks(self, seconds: float) -> None:
        """Have the API for tasks built: its first request does that, and everybody waits meanwhile."""
        self._request("GET", "/execution/health", None, None, seconds)

    def ensure_pool(self, name: str, slots: int, description: str) -> None:
        body = {"name": name, "slots": slots, "description": description, "include_deferred": False}
        try:
            self._send("POST", "/pools", json=body)
        except Refused as error:
            if error.status != 409:
                raise

    def dag_ids(self) -> set[str]:
        """All DAGs that the DAG processor has read by now (at most 1000)."""
        found: set[str] = set()
        while True:
            page = self._send("GET", "/dags", params={"limit": 100, "offset": len(found)})["dags"]
            found |= {dag["dag_id"] for dag in page}
            if len(page) < 100 or len(found) >= 1000:
                return found

    def import_errors(self) -> dict[str, str]:
        """DAG file → the end of its traceback."""
        errors = self._send("GET", "/importErrors", params={"limit": 100})["import_errors"]
        return {error["filename"]: error["stack_trace"][-1500:] for error in errors}

    def wait_for_dags(self, wanted: set[str], seconds: float = 90.0) -> None:
        """Until the DAG processor has read them all. Raises Refused with the import errors if it cannot."""
        began = time.monotonic()
        while missing := wanted - self.dag_ids():
            waited = time.monotonic() - began
            errors = self.import_errors() if waited > IMPORT_SECONDS else {}
            if errors or waited > seconds:
                told = "\n".join(f"{file}: {text}" for file, text in errors.items())
                raise Refused(f"DAGs not found: {', '.join(sorted(missing))}", 404, told)
            time.sleep(0.3)

    def unpause(self, dag_id: str) -> None:
        self._send("PATCH", f"/dags/{dag_id}", json={"is_paused": False})

    def pause(self, dag_id: str) -> None:
        self._send("PATCH", f"/dags/{dag_id}", json={"is_paused": True})

    def trigger(self, dag_id: str, conf: Mapping[str, Any] | None = None) -> Run:
        """Start a run now, with no logical date of its own."""
        body = {"logical_date": None, "conf": dict(conf or {})}
        return _run(self._send("POST", f"/dags/{dag_id}/dagRuns", json=body))

    def run(self, dag_id: str, run_id: str) -> Run:
        return _run(self._send("GET", f"/dags/{dag_id}/dagRuns/{run_id}"))

    def open_runs(self, dag_ids: Sequence[str]) -> list[Run]:
        """The runs of these DAGs that have not ended, whoever started them: a person, an asset, the clock."""
        body = {"dag_ids": list(dag_ids), "states": ["queued", "running"], "page_limit": 100}
        return [_run(each) for each in self._send("POST", "/dags/~/dagRuns/list", json=body)["dag_runs"]]

    def running_tasks(self, dag_ids: Sequence[str]) -> dict[str, list[str]]:
        """DAG → the names of its tasks that run now."""
        body = {"dag_ids": list(dag_ids), "state": ["running"], "page_limit": 100}
        found: dict[str, list[str]] = {}
        for each in self._send("POST", "/dags/~/dagRuns/~/taskInstances/list", json=body)["task_instances"]:
            found.setdefault(each["dag_id"], []).append(_task(each).name)
        return found

    def tasks(self, run: Run) -> list[TaskState]:
        path = f"/dags/{run.dag_id}/dagRuns/{run.run_id}/taskInstances"
        return [_task(each) for each in self._send("GET", path, params={"limit": 100})["task_instances"]]

    def log_tail(self, run: Run, task: TaskState, lines: int = 25) -> str:
        """The last errors in the log of the task's last attempt, or its last lines if it has none."""
        path = f"/dags/{run.dag_id}/dagRuns/{run.run_id}/taskInstances/{task.task_id}/logs/{task.attempt}"
        params = {"map_index": task.map_index, "full_content": "true"}
        content = self._send("GET", path, params=params).get("content") or []
        errors = [e for e in content if isinstance(e, Mapping) and e.get("level") in {"error", "critical"}]
        return "\n".join(_line(entry) for entry in (errors or content)[-lines:])

    def _send(
        self,
        method: str,
        path: str,
        *,
        login: bool = True,
        json: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        if login and "Authorization" not in self._session.headers:
            self._log_in()
        reading = method == "GET" or path.endswith("/list")
        tries = QUESTIONS if reading and login else 1
        for attempt in range(tries):
            try:
                answer = self._request(method, f"/api/v2{path}", json, params)
                break
            except Unreachable:
                if attempt == tries - 1:
                    raise
        if answer.status_code == 401 and login:
            self._log_in()
            answer = self._request(method, f"/api/v2{path}", json, params)
        if not answer.ok:
            raise Refused(f"{method} {path}", answer.status_code, answer.text)
        return dict(answer.json()) if answer.content else {}

    def _log_in(self) -> None:
        answer = self._request("POST", "/auth/token", self._login, None)
        if not answer.ok:
            raise Refused("log in", answer.status_code, answer.text)
        self._session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def _request(
        self,
        method: str,
        path: str,
        json: Mapping[str, Any] | None,
        params: Mapping[str, Any] | None,
        timeout: float = TIMEOUT,
    ) -> requests.Response:
        try:
            return self._session.request(
                method,
                self.url + path,
                json=json,
                params=params,
                timeout=timeout,
                headers={"Accept": "application/json"},
            )
        except requests.RequestException as error:
            raise Unreachable(f"Airflow at {self.url} does not answer: {error}") from error


def _run(answer: Mapping[str, Any]) -> Run:
    return Run(answer["dag_id"], answer["dag_run_id"], answer["state"])


def _task(answer: Mapping[str, Any]) -> TaskState:
    return TaskState(answer["task_id"], answer["map_index"], answer["state"], answer["try_number"])


def _line(entry: Any) -> str:
    """`level event key=value …`, then the exceptions, outermost first, each with where it was raised."""
    if not isinstance(entry, Mapping):
        return str(entry)
    rest = [f"{key}={value}" for key, value in entry.items() if key not in _PASSED_OVER]
    line = " ".join([str(entry.get("level") or ""), str(entry.get("event") or ""), *rest]).strip()
    return "\n".join([line, *(_exception(each) for each in entry.get("error_detail") or ())])


def _exception(detail: Mapping[str, Any]) -> str:
    told = f"  {detail.get('exc_type')}: {detail.get('exc_value')}"
    for frame in (detail.get("frames") or [])[-1:]:
        told += f"\n    {frame.get('filename')}:{frame.get('lineno')} in {frame.get('name')}"
    return told
