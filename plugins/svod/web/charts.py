"""Small pictures as inline SVG: bars of the last runs, a range with the present value. Pure.

Colours come from the style sheet by class, so that they follow light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from .queries.sources import Run
from .wording import Wording

BAR, GAP, HEIGHT = 4, 1, 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One run: a value (None: it failed) and what a pointer resting on it reads."""

    value: int | None
    title: str


def bars(runs: Sequence[Bar], label: str, most: int = 20) -> Markup:
    """The runs from left (oldest) to right; a failed run is a mark on the base line, zero a thin one."""
    runs = runs[-most:]
    width = max(1, len(runs)) * (BAR + GAP) - GAP
    top = max([run.value or 0 for run in runs], default=0) or 1
    # every value is escaped below; formatting as Markup would cost more than the rest of the page
    drawn = "".join(_bar(index * (BAR + GAP), run, top) for index, run in enumerate(runs))
    return Markup(  # noqa: S704
        f'<svg class="bars" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" role="img"'
        f' aria-label="{escape(label)}">{drawn}</svg>'
    )


def _bar(x: int, run: Bar, top: int) -> str:
    if run.value is None:
        kind, height = "failed", 4.0
    elif run.value == 0:
        kind, height = "zero", 1.5
    else:
        kind, height = "some", max(2.5, (HEIGHT - 1) * run.value / top)
    return (
        f'<rect class="{kind}" x="{x}" y="{HEIGHT - height:.1f}" width="{BAR}" height="{height:.1f}">'
        f"<title>{escape(run.title)}</title></rect>"
    )


def run_bars(words: Wording, runs: Sequence[Run], which: Literal["reports", "facts"]) -> Markup:
    """The reports or the figures that each run brought."""
    failed = words.say("failed")
    told = [
        Bar(
            getattr(run, which) if run.good else None,
            f"{words.short_day(run.started_at)}: "
            + (words.count(f"n.{which}", getattr(run, which)) if run.good else failed),
        )
        for run in runs
    ]
    return bars(told, words.say(f"{which}.runs"))


def gauge(value: int, low: int, high: int, label: str) -> Markup:
    """Where a value lies beside the range that is expected: the range is a band, the value a tick."""
    width, middle = 96, 8
    scale = max(high * 1.25, value, 1)
    left, right = width * low / scale, width * high / scale
    at = min(width - 2, max(1, width * value / scale))
    kind = "inside" if low <= value <= high else "outside"
    return Markup(
        '<svg class="gauge" viewBox="0 0 {w} 16" width="{w}" height="16" role="img" aria-label="{label}">'
        '<title>{label}</title><rect class="track" x="0" y="{m}" width="{w}" height="2"/>'
        '<rect class="range" x="{l:.1f}" y="{t}" width="{r:.1f}" height="6" rx="1"/>'
        '<rect class="{kind}" x="{a:.1f}" y="2" width="3" height="14" rx="1"/></svg>'
    ).format(
        w=width, label=label, m=middle, l=left, t=middle - 2, r=max(2, right - left), kind=kind, a=at - 1.5
    )
