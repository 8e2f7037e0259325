"""Small pictures as inline SVG: bars of the last runs, a range with the present value. Pure.

Colours come from the style sheet by class, so that they follow light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

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
    parts = [
        Markup(
            '<svg class="bars" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
            ' aria-label="{label}">'
        ).format(w=width, h=HEIGHT, label=label)
    ]
    for index, run in enumerate(runs):
        parts.append(_bar(index * (BAR + GAP), run, top))
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def _bar(x: int, run: Bar, top: int) -> Markup:
    if run.value is None:
        kind, height = "failed", 4.0
    elif run.value == 0:
        kind, height = "zero", 1.5
    else:
        kind, height = "some", max(2.5, (HEIGHT - 1) * run.value / top)
    return Markup(
        '<rect class="{kind}" x="{x}" y="{y:.1f}" width="{w}" height="{h:.1f}"><title>{t}</title></rect>'
    ).format(kind=kind, x=x, y=HEIGHT - height, w=BAR, h=height, t=run.title)


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
