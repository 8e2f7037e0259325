"""Prints the figures of the README, and last the calibration of docs/accuracy.md: `python -m
tests.eval.report [--json]` (from the repository, plugins on the path).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from .engine import tallies, tallies_of
from .rename import renamed
from .scorer import PARTS, Tally, calibration, interval, reports, total

FIELDS = ("projects", "partners", "metrics", "metrics_strict", "metrics_joint")
SHARES = (
    *(
        f"metrics.{a}"
        for a in ("comparator", "direction", "planned", "unit", "beneficiary", "project", "period")
    ),
    "projects.kind",
    "projects.status",
    "partners.type",
    "partners.role",
    "region",
    "published",
)
KINDS = ("kind.count", "kind.money", "kind.percent/change", "kind.multiple", "kind.planned", "kind.in words")


# What the README shows: what rules were written beside, whose totals they were kept by, what nobody saw.
APART = ("watched", "independent")
SHOWN = {
    "development": [n for part, numbers in PARTS.items() if part not in APART for n in numbers],
    **{part: list(PARTS[part]) for part in APART},
}


def f1(name: str) -> Callable[[Tally], float]:
    return lambda t: t.f1(name)


def share(name: str) -> Callable[[Tally], float]:
    return lambda t: t.share(name)


def figures() -> dict[str, dict[str, float]]:
    """Every figure that has a floor, by part of the reports."""
    found: dict[str, dict[str, float]] = {}
    for part, numbers in PARTS.items():
        whole = total(tallies(numbers))
        found[part] = {
            **{f"{n} f1": whole.f1(n) for n in FIELDS},
            **{n: whole.share(n) for n in SHARES},
            **{f"{n} recall": whole.share(n) for n in KINDS},
            "false metrics on clean reports": float(whole.counts["clean", "right"]),
            "invalid quotes": float(whole.counts["invalid_quotes", "right"]),
        }
    return found


def _head(first: str) -> list[str]:
    """The head of a table with a column a part of the reports."""
    parts = [f"{name}, {len(numbers)} reports" for name, numbers in SHOWN.items()]
    return [f"| {first} | {' | '.join(parts)} |", "|---" * (len(parts) + 1) + "|"]


def _field_table() -> list[str]:
    lines = _head("precision / recall / F1")
    for name in FIELDS:
        cells = []
        for numbers in SHOWN.values():
            parts = tallies(numbers)
            whole = total(parts)
            low, high = interval(parts, f1(name))
            found = f"{whole.precision(name):.3f} / {whole.recall(name):.3f} / **{whole.f1(name):.3f}**"
            cells.append(f"{found} ({low:.2f}–{high:.2f})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _share_table() -> list[str]:
    lines = _head("attribute of a matched fact")
    for name in SHARES:
        cells = []
        for numbers in SHOWN.values():
            low, high = interval(tallies(numbers), share(name))
            cells.append(f"{total(tallies(numbers)).share(name):.3f} ({low:.2f}–{high:.2f})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    counts = [total(tallies(numbers)).counts for numbers in SHOWN.values()]
    clean = [f"{c['clean', 'right']} on {c['clean', 'all']}" for c in counts]
    lines.append(f"| false figures on clean reports | {' | '.join(clean)} |")
    lines.append(f"| invalid quotes | {' | '.join(str(c['invalid_quotes', 'right']) for c in counts)} |")
    return lines


def _kind_table() -> list[str]:
    lines = _head("recall of metrics")
    for name in KINDS:
        cells = []
        for numbers in SHOWN.values():
            whole = total(tallies(numbers))
            cells.append(f"{whole.share(name):.3f} of {whole.counts[name, 'all']}")
        lines.append(f"| {name.removeprefix('kind.')} | {' | '.join(cells)} |")
    return lines


def _calibration_table() -> list[str]:
    lines = _head("share right of figures with this confidence")
    bins = [{row[0]: row for row in calibration(total(tallies(n)))} for n in SHOWN.values()]
    for label in sorted({label for part in bins for label in part}):
        cells = [f"{t[label][3]:.2f} of {t[label][1]}" if label in t else "–" for t in bins]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return lines


def rename_losses() -> dict[str, float]:
    """F1 lost, per field, when names and figures of all annotated reports are replaced."""
    numbers = [n for part in PARTS.values() for n in part]
    before = total(tallies(numbers))
    after = total(tallies_of([renamed(r) for r in reports(numbers)]))
    return {
        name: before.f1(name) - after.f1(name)
        for name in ("projects", "partners", "metrics", "metrics_strict")
    }


def main() -> int:
    if "--json" in sys.argv:
        print(json.dumps({**figures(), "rename": rename_losses()}, indent=1))
        return 0
    for table in (_field_table(), _share_table(), _kind_table()):
        print("\n".join(table), end="\n\n")
    losses = ", ".join(f"{100 * loss:.1f} ({name})" for name, loss in rename_losses().items())
    print(f"With every name and number replaced by others of its kind, F1 falls by {losses} points.")
    print("\n" + "\n".join(_calibration_table()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
