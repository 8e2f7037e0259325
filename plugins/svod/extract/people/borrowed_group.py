"""Whom a figure of people of whom no more is said («120 человек») concerns: the group whose signs weigh most,
people of any kind among them.

The weights are the lexicon's (`people.yml`), fitted on annotated reports.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from svod.extract.lexicon import load
from svod.extract.people.audience import ORDER
from svod.extract.people.group_signs import Group
from svod.extract.words.weighed import in_favour

GROUPS: tuple[Group, ...] = (*ORDER, None)


def weighed(signs: Mapping[Group, Collection[str]]) -> Group:
    """The group that the signs speak for; the earlier of two that weigh the same."""
    weights = load("people")["weights"]
    possible = [group for group in GROUPS if group in signs]
    return max(possible, key=lambda group: in_favour(signs[group], weights))
