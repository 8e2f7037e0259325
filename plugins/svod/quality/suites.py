"""The suites of expectations/: plain Great Expectations JSON, read strictly.

An expectation's `meta` says the rule in words and, where needed: `applies` (always, first, later: only for
the first release, or only once there is one), `quarantine` (reason code: failing facts are held back and left
out of the next build), `key` (columns that name a failing row, when not the table's own).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from svod.errors import ConfigError

Severity = Literal["critical", "warning"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleMeta(_Strict):
    rule: str  # in words, `Русский · English`
    applies: Literal["always", "first", "later"] = "always"
    quarantine: str | None = None
    key: tuple[str, ...] | None = None


class Rule(_Strict):
    """One expectation: type and kwargs as Great Expectations names them."""

    type: str
    kwargs: Mapping[str, Any]
    severity: Severity
    meta: RuleMeta

    @property
    def column(self) -> str | None:
        return self.kwargs.get("column")

    @property
    def query(self) -> str | None:
        """The SQL of a rule that lists failing rows itself."""
        return self.kwargs.get("unexpected_rows_query")

    def for_run(self, run_id: str) -> Rule:
        """The same rule with $run_id replaced in its SQL."""
        if self.query is None or "$run_id" not in self.query:
            return self
        query = self.query.replace("$run_id", run_id.replace("'", "''"))
        return self.model_copy(update={"kwargs": {**self.kwargs, "unexpected_rows_query": query}})


class SuiteMeta(_Strict):
    table: str
    key: tuple[str, ...]
    about: str


class Suite(_Strict):
    """The rules of one table, or of the release as a whole."""

    name: str
    meta: SuiteMeta
    expectations: tuple[Rule, ...]

    def for_run(self, run_id: str, *, first_release: bool) -> Suite:
        """The rules that apply to this run."""
        skipped = "later" if first_release else "first"
        rules = tuple(r.for_run(run_id) for r in self.expectations if r.meta.applies != skipped)
        return self.model_copy(update={"expectations": rules})


def load_suites(folder: Path) -> list[Suite]:
    """All suites, by name. Raises ConfigError that names file and key, or when there is none."""
    suites = []
    for path in sorted(folder.glob("*.json")):
        try:
            suite = Suite.model_validate_json(path.read_text(encoding="utf-8"))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise ConfigError(f"{path.name}: {where}: {first['msg']}") from None
        if suite.name != path.stem:
            raise ConfigError(f"{path.name}: its suite is called {suite.name}")
        suites.append(suite)
    if not suites:
        raise ConfigError(f"no suites in {folder}: nothing would be checked")
    return suites
