"""What a check is, once made: values that the gate hands on and records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .suites import Rule, Suite

SHOWN = 20  # failing keys kept with a result


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One expectation's result. `failing_keys` are the first rows that break it, by their key columns."""

    suite: Suite
    rule: Rule
    success: bool
    observed: Any
    unexpected_count: int
    failing_keys: Sequence[Mapping[str, Any]] = ()
    error: str | None = None  # why the rule could not be run at all
    docs_url: str | None = None

    @property
    def is_critical(self) -> bool:
        """Stops the publish. A rule that cannot be run has not been held, whatever its severity."""
        return not self.success and (self.rule.severity == "critical" or self.error is not None)

    @property
    def title(self) -> str:
        column = f".{self.rule.column}" if self.rule.column else ""
        return f"{self.suite.name}{column}: {self.rule.meta.rule}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """The gate over one candidate. `docs` is the entry page of the Data Docs."""

    run_id: str
    first_release: bool
    checks: Sequence[Check]
    docs: Path
    overridden: str | None = None
    quarantined: int = 0
    failures: Sequence[Check] = field(default=())
    warnings: Sequence[Check] = field(default=())

    @property
    def checked(self) -> int:
        return len(self.checks)


def describe(checks: Sequence[Check]) -> str:
    """The failures in words: rule, number of rows, first keys."""
    return "; ".join(_describe(check) for check in checks)


def _describe(check: Check) -> str:
    if check.error is not None:
        return f"{check.title} (could not be checked: {check.error})"
    keys = ", ".join("/".join(str(value) for value in key.values()) for key in check.failing_keys[:5])
    rows = f"{check.unexpected_count} rows" if check.unexpected_count else f"observed {check.observed}"
    return f"{check.title} ({rows}{': ' + keys if keys else ''})"
