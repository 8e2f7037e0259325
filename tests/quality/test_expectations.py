"""The suites of the repository: complete, in two languages, and as sharp as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from svod.quality.suites import Suite, load_suites

ROOT = Path(__file__).parents[2]
SUITES = load_suites(ROOT / "expectations")
MARTS = sorted(p.stem for p in (ROOT / "dbt_project" / "models" / "marts").glob("*.sql"))


def test_every_mart_has_a_suite_and_the_release_has_one() -> None:
    assert len(MARTS) >= 20
    assert [s.name for s in SUITES] == sorted([*MARTS, "release"])
    assert all(s.name == "release" or s.meta.table == s.name for s in SUITES)


@pytest.mark.parametrize("suite", SUITES, ids=lambda s: s.name)
def test_every_rule_is_said_in_both_languages(suite: Suite) -> None:
    assert suite.expectations
    for text in [suite.meta.about, *(r.meta.rule for r in suite.expectations)]:
        russian, _, english = text.partition(" · ")
        assert any("а" <= c <= "я" for c in russian.lower()), text
        assert english.isascii(), text


def test_the_readme_tells_how_many_rules_a_first_and_a_later_release_meet() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first, later = (
        sum(len(s.for_run("run", first_release=is_first).expectations) for s in SUITES)
        for is_first in (True, False)
    )
    assert f"passed: {first} expectations" in readme
    assert f"asks {first} questions of the first release. From the second on it asks {later}:" in readme


def test_critical_rules_are_not_lost() -> None:
    """Numbers that only rise: a rule that goes, or turns into a warning, needs its reason here."""
    rules = [r for s in SUITES for r in s.expectations]
    assert len(rules) >= 98
    assert sum(r.severity == "critical" for r in rules) >= 62
    assert sum(r.meta.applies == "later" for r in rules) >= 7
    assert {r.meta.quarantine for r in rules if r.meta.quarantine} >= {
        *("negative_count", "implausible_count", "implausible_sum", "implausible_percent"),
    }


def test_rules_that_hold_facts_back_name_them_by_outcome() -> None:
    for suite in SUITES:
        for rule in suite.expectations:
            if rule.meta.quarantine:
                assert (rule.meta.key or suite.meta.key) == ("outcome_id",)
                assert rule.query is not None
