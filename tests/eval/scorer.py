"""Scores what was read against the annotated reports: the rules of matching stand in GUIDELINES.md,
"Scoring".

Knows JSON rows only (the gold schema), so it can score any reader. Matching is greedy, one-to-one, inside one
document: names by similarity, figures by kind, value and overlapping quotes. Strict adds comparator,
direction, planned and unit; joint adds period and project to value and unit.
"""

from __future__ import annotations

import difflib
import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPORTS = Path(__file__).parent / "reports"
PARTS: dict[str, Sequence[int]] = {
    "development": range(1, 41),
    "second": range(61, 85),  # read by those who write the rules only after the first
    "third": range(41, 61),  # held out until 2026-11-22
    "fourth": range(85, 105),  # written apart; not read until 2026-11-22
    "fifth": range(105, 129),  # written apart, to see how unread texts fare, then opened
    "sixth": range(149, 189),  # the same, two writers
    "seventh": [*range(189, 209), *range(229, 309)],  # six writers apart; measured unread, then opened
    "eighth": range(309, 429),  # six writers apart; measured unread, then opened by and by
    # six writers apart; measured unread, then fourteen of each writer's twenty were opened
    "ninth": [n for n in range(469, 589) if (n - 469) % 20 < 14],
    # two writers more, and the other six of each of those: by totals only until 2026-11-23, then opened
    "tenth": [*range(429, 469), *(n for n in range(469, 589) if (n - 469) % 20 >= 14)],
    "eleventh": range(649, 691),  # two writers more; measured unread, then opened
    "twelfth": range(691, 755),  # thirty of them state no figures; measured unread, then opened
    # three writers more: only totals are looked at while rules are written
    "watched": range(589, 649),
    # never read by those who write the rules; written and annotated apart
    "independent": [*range(129, 149), *range(209, 229)],
}
STRICT = ("comparator", "direction", "planned", "unit")
ATTRIBUTES = (*STRICT, "beneficiary", "project", "period")
FLOORS = {"projects": 0.90, "partners": 0.85}

Row = dict[str, Any]


@dataclass(frozen=True)
class Report:
    """An annotated report: its number, text and gold row."""

    number: int
    text: str
    gold: Row


def reports(numbers: Iterable[int]) -> list[Report]:
    """The annotated reports of these numbers."""
    found = []
    for n in numbers:
        path = REPORTS / f"doc_{n:02d}.txt"
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        found.append(Report(n, path.read_text(encoding="utf-8"), gold))
    return found


def fold(text: str | None) -> str:
    """Lower case, ё as е, words only."""
    low = (text or "").casefold().replace("ё", "е").replace("\u00a0", " ")
    return " ".join(re.findall(r"[^\W_]+", low))


def similar(a: str | None, b: str | None, floor: float) -> bool:
    one, two = fold(a), fold(b)
    return bool(one) and (
        one == two or difflib.SequenceMatcher(None, one, two, autojunk=False).ratio() >= floor
    )


def places(text: str, quote: str | None) -> list[tuple[int, int]]:
    """Every place where the quote stands; white space may differ."""
    if not quote:
        return []
    return [m.span() for m in re.finditer(r"\s+".join(map(re.escape, quote.split())), text)]


def overlap(text: str, a: str | None, b: str | None) -> bool:
    return any(x < w and z < y for x, y in places(text, a) for z, w in places(text, b))


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)


def same_figure(text: str) -> Callable[[Row, Row], bool]:
    def same(gold: Row, read: Row) -> bool:
        return (
            gold.get("kind") == read.get("kind")
            and _number(gold.get("value")) == _number(read.get("value"))
            and _number(gold.get("value_max")) == _number(read.get("value_max"))
            and overlap(text, gold.get("quote"), read.get("quote"))
        )

    return same


def equal(name: str, gold: Row, read: Row) -> bool:
    """One attribute of a matched pair."""
    a, b = gold.get(name), read.get(name)
    if name == "project":
        return (a is None and b is None) or similar(a, b, FLOORS["projects"])
    if name == "unit":
        return fold(a) == fold(b)
    if name == "period":
        return bool(all((a or {}).get(k) == (b or {}).get(k) for k in ("start", "end")))
    if name == "planned":
        return bool(a) == bool(b)
    return bool(a == b)


Pair = tuple[Row, Row]


def pair(
    gold: Sequence[Row],
    read: Sequence[Row],
    same: Callable[[Row, Row], bool],
    better: Callable[[Row, Row], int],
) -> tuple[list[Pair], list[Row], list[Row]]:
    """One-to-one pairs, the best first; then what was missed and what was read in excess."""
    edges = [(-better(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(read) if same(g, p)]
    pairs, used_g, used_p = [], set(), set()
    for _, i, j in sorted(edges):
        if i not in used_g and j not in used_p:
            pairs.append((gold[i], read[j]))
            used_g.add(i)
            used_p.add(j)
    missed = [g for i, g in enumerate(gold) if i not in used_g]
    return pairs, missed, [p for j, p in enumerate(read) if j not in used_p]


def pair_figures(
    text: str, gold: Sequence[Row], read: Sequence[Row], *, without: str | None = None
) -> tuple[list[Pair], list[Row], list[Row]]:
    """Figures of a report in pairs, those first that agree in most attributes (but for the one `without`)."""
    told = [name for name in ATTRIBUTES if name != without]
    return pair(gold, read, same_figure(text), lambda g, p: sum(equal(name, g, p) for name in told))


@dataclass
class Tally:
    """Counts that add up over documents: (field, "tp" | "fp" | "fn" | "right" | "all") → number."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    calibration: list[tuple[float, bool]] = field(default_factory=list)  # (confidence, strictly right)

    def add(self, name: str, **numbers: int) -> None:
        for key, n in numbers.items():
            self.counts[name, key] += n

    def precision(self, name: str) -> float:
        tp, fp = self.counts[name, "tp"], self.counts[name, "fp"]
        return tp / (tp + fp) if tp + fp else 1.0

    def recall(self, name: str) -> float:
        tp, fn = self.counts[name, "tp"], self.counts[name, "fn"]
        return tp / (tp + fn) if tp + fn else 1.0

    def f1(self, name: str) -> float:
        p, r = self.precision(name), self.recall(name)
        return 2 * p * r / (p + r) if p + r else 0.0

    def share(self, name: str) -> float:
        total = self.counts[name, "all"]
        return self.counts[name, "right"] / total if total else 1.0


def tally(report: Report, read: Row) -> Tally:
    """The counts of one document."""
    found = Tally()
    text, gold = report.text, report.gold
    for name, attributes in (("projects", ("kind", "status")), ("partners", ("type", "role"))):
        floor = FLOORS[name]
        pairs, missed, extra = pair(
            gold.get(name) or [],
            read.get(name) or [],
            lambda g, p, floor=floor: similar(g["name"], p.get("name"), floor),  # type: ignore[misc]
            lambda g, p: 0,
        )
        found.add(name, tp=len(pairs), fp=len(extra), fn=len(missed))
        for g, p in pairs:
            for attribute in attributes:
                found.add(f"{name}.{attribute}", right=g.get(attribute) == p.get(attribute), all=1)
    _figures(found, text, gold.get("metrics") or [], read.get("metrics") or [])
    for name in ("region", "published"):
        found.add(name, right=_fact(gold.get(name)) == _fact(read.get(name)), all=1)
    return found


def _figures(found: Tally, text: str, gold: list[Row], read: list[Row]) -> None:
    pairs, missed, extra = pair_figures(text, gold, read)
    found.add("metrics", tp=len(pairs), fp=len(extra), fn=len(missed))
    strict = sum(all(equal(a, g, p) for a in STRICT) for g, p in pairs)
    found.add("metrics_strict", tp=strict, fp=len(read) - strict, fn=len(gold) - strict)
    joint = [all(equal(a, g, p) for a in ("unit", "period", "project")) for g, p in pairs]
    found.add("metrics_joint", tp=sum(joint), fp=len(read) - sum(joint), fn=len(gold) - sum(joint))
    for g, p in pairs:
        for attribute in ATTRIBUTES:
            found.add(f"metrics.{attribute}", right=equal(attribute, g, p), all=1)
    for g in gold:
        kind = "percent/change" if g["kind"] in ("percent", "percent_change") else g["kind"]
        hit = any(g is q for q, _ in pairs)
        found.add(f"kind.{kind}", right=hit, all=1)
        if g.get("planned"):
            found.add("kind.planned", right=hit, all=1)
        if not re.search(r"\d", g.get("quote") or ""):
            found.add("kind.in words", right=hit, all=1)
    found.add("invalid_quotes", right=sum(not places(text, p.get("quote")) for p in read))
    if not gold:
        found.add("clean", right=len(read), all=1)
    for p in read:
        match = next((g for g, q in pairs if q is p), None)
        right = match is not None and all(equal(a, match, p) for a in STRICT)
        found.calibration.append((float(p.get("confidence") or 0.0), right))


def _fact(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value) if len(value) > 1 else (value[0] if value else None)
    return value or None


def total(tallies: Iterable[Tally]) -> Tally:
    """The counts of many documents together."""
    whole = Tally()
    for one in tallies:
        whole.counts.update(one.counts)
        whole.calibration.extend(one.calibration)
    return whole


def interval(
    tallies: Sequence[Tally], figure: Callable[[Tally], float], rounds: int = 400, seed: int = 7
) -> tuple[float, float]:
    """95 % bootstrap interval of a figure, documents drawn with replacement; the same on every run."""
    rng = random.Random(seed)
    values = sorted(figure(total(rng.choices(tallies, k=len(tallies)))) for _ in range(rounds))
    return values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1]


def calibration(
    tallied: Tally, edges: Sequence[float] = (0.0, 0.6, 0.7, 0.8, 0.9, 1.01)
) -> list[tuple[str, int, float, float]]:
    """(bin, figures in it, mean confidence, share that is strictly right)."""
    rows = []
    for low, high in itertools.pairwise(edges):
        inside = [(c, r) for c, r in tallied.calibration if low <= c < high]
        if inside:
            label = f"{low:.1f}–{min(high, 1.0):.1f}"
            mean = sum(c for c, _ in inside) / len(inside)
            rows.append((label, len(inside), mean, sum(r for _, r in inside) / len(inside)))
    return rows
