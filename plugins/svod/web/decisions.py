"""Which decision holds about each fact of the reading that is shown. Pure.

A decision about the fact itself, or about the same sentence in another version or reading, carried over by
quote and context; of several the latest holds. `open` takes a decision back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from svod.resolve.review_matching import Passage, match_passages

from .queries.reports import Metric
from .queries.reviews import Corrected, Decision


@dataclass(frozen=True, slots=True)
class Holding:
    """A fact with its decisions, oldest first; those about earlier readings of it are `carried`."""

    metric: Metric
    decisions: tuple[Decision, ...]

    @property
    def latest(self) -> Decision | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def follows(self) -> int:
        """The number a form about this fact answers to: the latest decision seen, 0 for none."""
        return self.latest.review_id if self.latest else 0

    @property
    def verdict(self) -> str:
        return self.latest.verdict if self.latest else "open"

    @property
    def carried(self) -> bool:
        return self.latest is not None and self.latest.fact_id != self.metric.id

    @property
    def now(self) -> Corrected:
        """The fact as it counts: as read, or as the reviewer corrected it."""
        if self.latest is not None and self.latest.verdict == "corrected":
            return corrected_of(self.latest)
        return as_read(self.metric)


def as_read(metric: Metric) -> Corrected:
    return Corrected(
        value=metric.value,
        value_max=metric.value_max,
        comparator=metric.comparator,
        kind=metric.kind,
        direction=metric.direction,
        unit=metric.unit,
        beneficiary=metric.beneficiary,
        planned=metric.planned,
        period_start=metric.period_start,
        period_end=metric.period_end,
        project=metric.project_name,
    )


def corrected_of(decision: Decision) -> Corrected:
    """What a `corrected` decision says; a field that an older form did not have stays empty or plain."""
    return Corrected(
        value=decision.value if decision.corrected_value is None else decision.corrected_value,
        value_max=decision.corrected_value_max,
        comparator=decision.corrected_comparator or "eq",
        kind=decision.corrected_kind or decision.kind,
        direction=decision.corrected_direction,
        unit=decision.corrected_unit or "",
        beneficiary=decision.corrected_beneficiary,
        planned=bool(decision.corrected_planned),
        period_start=decision.corrected_period_start,
        period_end=decision.corrected_period_end,
        project=decision.corrected_project,
    )


def holdings(
    metrics: Sequence[Metric], text: str, decisions: Sequence[Decision], texts: Mapping[str, str]
) -> list[Holding]:
    """Every metric of a reading with the decisions that belong to it. `texts`: clean text by version id."""
    present = [Passage(m.id, text, m.start, m.end, m.value, m.kind) for m in metrics]
    readings: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in decisions:
        readings[decision.version_id, decision.extractor_version].append(decision)
    belonging: dict[str, list[Decision]] = defaultdict(list)
    for (version_id, _), made in readings.items():
        facts = {
            d.fact_id: Passage(d.fact_id, texts[version_id], d.start, d.end, d.value, d.kind) for d in made
        }
        found = match_passages(list(facts.values()), present)
        for decision in made:
            if decision.fact_id in found:
                belonging[found[decision.fact_id].fact_id].append(decision)
    return [
        Holding(metric, tuple(sorted(belonging[metric.id], key=lambda d: d.review_id))) for metric in metrics
    ]
