"""The runbook has a paragraph for every code that the code itself can give."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

from svod.models import Outcome
from svod.steps.messages import TOPICS

ROOT = Path(__file__).parents[2]
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
WORD = re.compile(r"[a-z][a-z0-9_]+")


def explained() -> set[str]:
    """The codes at the head of a paragraph: «**dns, connection**: …»."""
    heads = re.findall(r"^\*\*([^*]+)\*\*", RUNBOOK, flags=re.M)
    return {code.strip() for head in heads for code in head.split(",")}


def codes() -> set[str]:
    """First words of what is handed to the errors and rejections of the package."""
    found = set()
    for path in (ROOT / "plugins" / "svod").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            position = {"UnreadableReport": 0, "reject": 0, "FetchError": 1, "HttpFailure": 1}.get(name)
            if position is None or len(node.args) <= position:
                continue
            text = node.args[position]
            if isinstance(text, ast.JoinedStr):
                text = text.values[0]  # type: ignore[assignment]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                found.add(text.value.partition(":")[0])
    return {code for code in found if WORD.fullmatch(code)}


def test_every_outcome_of_a_fetch_has_a_paragraph() -> None:
    assert {outcome.value for outcome in Outcome} <= explained()


def test_every_reason_and_quarantine_code_has_a_paragraph() -> None:
    assert len(codes()) > 20
    numbered = {head.removesuffix("NNN") for head in explained() if head.endswith("NNN")}
    missing = codes() - explained() - numbered
    assert not missing, missing


def test_every_code_under_which_the_gate_holds_facts_back_has_a_paragraph() -> None:
    suites = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "expectations").glob("*.json")]
    held = {
        e["meta"]["quarantine"]
        for s in suites
        for e in s["expectations"]
        if "quarantine" in e.get("meta", {})
    }
    assert len(held) >= 4
    assert held <= explained()


def test_every_command_of_the_runbook_exists() -> None:
    commands = set(re.findall(r"`\./svod ([a-z]+)", RUNBOOK))
    assert len(commands) >= 6
    source = "\n".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "plugins" / "svod" / "cli").glob("*.py")
    )
    for command in commands:
        assert re.search(rf"def {command}\b|\"{command}\"|\.{command}\b", source), command


def test_every_topic_of_a_message_has_a_paragraph() -> None:
    assert set(TOPICS) <= explained()
