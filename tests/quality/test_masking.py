"""Masking against marked text: `[[name]]` must be hidden, everything else must stay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from svod.quality.masking import MASK, mask_texts

CASES = Path(__file__).parent / "masking"
MARK = re.compile(r"\[\[(.+?)\]\]")
RECALL, PRECISION = 0.97, 0.97  # of characters, over each file; floors only rise


@dataclass(frozen=True)
class Case:
    text: str
    hidden: frozenset[int]  # offsets that must be hidden


def parse(line: str) -> Case:
    text, hidden, last = "", set(), 0
    for match in MARK.finditer(line):
        text += line[last : match.start()]
        hidden |= {len(text) + i for i, c in enumerate(match[1]) if c.isalnum()}
        text += match[1]
        last = match.end()
    return Case(text + line[last:], frozenset(hidden))


def cases(path: Path) -> list[Case]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [parse(line) for line in lines if line.strip() and not line.startswith("#")]


def changed(case: Case, masked: str) -> set[int]:
    return {i for i, (a, b) in enumerate(zip(case.text, masked, strict=True)) if a != b}


FILES = sorted(CASES.glob("*.txt"))


def test_the_golden_set_is_large_enough() -> None:
    assert len(FILES) == 4
    assert sum(len(cases(path)) for path in FILES) >= 90


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_recall_and_precision_hold_their_floors(path: Path) -> None:
    golden = cases(path)
    masked = mask_texts([case.text for case in golden])
    right = wrong = missed = 0
    report = []
    for case, text in zip(golden, masked, strict=True):
        found = changed(case, text)
        right += len(found & case.hidden)
        wrong += len(found - case.hidden)
        missed += len(case.hidden - found)
        if found != case.hidden:
            report.append(text)
    if right + missed:
        assert right / (right + missed) >= RECALL, report
        assert right / (right + wrong) >= PRECISION, report
    else:
        assert wrong == 0, report


def test_a_mask_keeps_lengths_and_everything_but_letters() -> None:
    text = "С Анной-Марией О. Ветровой\nговорила И.И. Котова [id42|Ева].  "
    (masked,) = mask_texts([text])
    assert len(masked) == len(text)
    assert masked == "С *****-****** *. ********\nговорила *.*. ****** [id**|***].  "
    assert MASK in masked


def test_masking_twice_changes_nothing_more() -> None:
    texts = [case.text for path in FILES for case in cases(path)]
    once = mask_texts(texts)
    assert mask_texts(once) == once


def test_the_result_does_not_depend_on_the_batch() -> None:
    texts = [case.text for case in cases(CASES / "children.txt")]
    assert mask_texts(texts) == [mask_texts([text])[0] for text in texts]


def test_a_name_found_once_is_hidden_wherever_it_stands() -> None:
    text = "Ветрова открыла занятие. Дарья Ветрова ведёт группу. Спасибо Ветровой. Улица Ветрова."
    (masked,) = mask_texts([text])
    assert masked == "******* открыла занятие. ***** ******* ведёт группу. Спасибо ********. Улица Ветрова."


def test_officials_stay_when_a_setting_allows_it() -> None:
    text = "Губернатор края Олег Пахомов наградил волонтёра Марию Котову. Инна Белова, министр, поздравила."
    kept, hidden = mask_texts([text], keep_officials=True)[0], mask_texts([text])[0]
    assert "Олег Пахомов" in kept
    assert "Инна Белова" in kept
    assert "Котов" not in kept
    assert not re.search("Пахомов|Котов|Белов", hidden)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "12 345", "....", "А", "«»", "[id|]", "=1+1", "<b>"])
def test_texts_without_names_stay_as_they_are(text: str) -> None:
    assert mask_texts([text]) == [text]


def test_no_texts_no_result() -> None:
    assert mask_texts([]) == []
