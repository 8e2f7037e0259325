"""`./svod bench extract`: the engine against natasha's own pipeline, its memory, its start and its growth.

Both read the same texts in one run, NER on in both: natasha segments, tags morphology and finds names; Svod
does the whole reading (numbers, periods, projects, partners, links) besides. Each process has read other
texts before and reads these once, since words that come again cost less. They take turns by batches, on one
thread each as Airflow's tasks have it, and processor time counts, not the clock, which other work would blur.
Only the ratio matters: seconds depend on the machine.
"""

from __future__ import annotations

import importlib
import json as json_module
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from svod.cli.progress import Progress

REPORTS = Path(__file__).parents[1] / "tests" / "eval" / "reports"
BATCH, ROUNDS = 16, 3
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_STEP = 20  # every size holds reports of all ages
SIZES = (125_000, 250_000, 500_000, 1_000_000)


def _texts() -> list[str]:
    texts = [p.read_text(encoding="utf-8") for p in sorted(REPORTS.glob("*.txt"))]
    if not texts:
        raise SystemExit(f"{REPORTS}: no reports to read")
    return texts


def _svod(texts: Sequence[str]) -> None:
    from svod.extract.reader import read_many
    from svod.models import ReportText

    read_many([ReportText(text=t) for t in texts])


def _natasha() -> Callable[[Sequence[str]], None]:
    importlib.import_module("svod.language.document")  # puts pymorphy3 where natasha looks for pymorphy2
    from natasha import Doc, NewsEmbedding, NewsMorphTagger, NewsNERTagger, Segmenter

    segmenter, embedding = Segmenter(), NewsEmbedding()
    morphology, names = NewsMorphTagger(embedding), NewsNERTagger(embedding)

    def read(texts: Sequence[str]) -> None:
        for text in texts:
            doc = Doc(text)
            doc.segment(segmenter)
            doc.tag_morph(morphology)
            doc.tag_ner(names)

    return read


def _seconds(read: Callable[[Sequence[str]], None], texts: Sequence[str]) -> float:
    started = time.process_time()
    read(texts)
    return time.process_time() - started


def _half(which: int) -> dict[str, float]:
    """Seconds of both for one half of the texts, by turns, after the other half."""
    texts = _texts()
    before, measured = texts[1 - which :: 2], texts[which::2]
    natasha = _natasha()
    natasha(before)
    _svod(before)
    seconds = {"natasha": 0.0, "svod": 0.0}
    for start in range(0, len(measured), BATCH):
        batch = measured[start : start + BATCH]
        seconds["natasha"] += _seconds(natasha, batch)
        seconds["svod"] += _seconds(_svod, batch)
    return seconds


def _startup() -> dict[str, float]:
    """A fresh process: seconds until the first report is read, and its peak memory over all reports."""
    started = time.perf_counter()
    _svod(_texts()[:1])
    first = time.perf_counter() - started
    _svod(_texts())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"startup_seconds": first, "peak_rss_mb": peak}


def _growth() -> dict[str, float]:
    """Seconds for one text of growing length, and the exponent of the growth (1 is linear)."""
    import math

    texts = _texts()
    mixed = [t for k in range(_STEP) for t in texts[k::_STEP]]  # later reports are denser than early ones
    body = "\n\n".join(mixed)
    found: dict[str, float] = {}
    _svod([body[:20_000]])
    for size in SIZES:
        text = (body * (size // len(body) + 1))[:size]
        found[f"seconds_{size}"] = _seconds(_svod, [text])
    first, last = found[f"seconds_{SIZES[0]}"], found[f"seconds_{SIZES[-1]}"]
    found["growth_exponent"] = math.log(last / first) / math.log(SIZES[-1] / SIZES[0])
    return found


PARTS: dict[str, Callable[[], dict[str, float]]] = {
    "first half": lambda: _half(0),
    "second half": lambda: _half(1),
    "startup": _startup,
    "growth": _growth,
}


def _in_process(part: str) -> dict[str, float]:
    """Each part in a process of its own, so that memory and start-up are its own too."""
    done = subprocess.run(
        [sys.executable, __file__, part],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **ONE_THREAD},
    )
    figures: dict[str, float] = json_module.loads(done.stdout)
    return figures


def _peer(say: Callable[[str], None]) -> dict[str, float]:
    """Documents per second of processor time of both; of each half the quickest of a few processes."""
    total = {"natasha": 0.0, "svod": 0.0}
    for half in ("first half", "second half"):
        rounds = []
        for number in range(1, ROUNDS + 1):
            say(f"natasha and svod by turns, {half} of the texts, round {number} of {ROUNDS}")
            rounds.append(_in_process(half))
        for who in total:
            total[who] += min(seconds[who] for seconds in rounds)
    documents = len(_texts())
    return {
        "documents": float(documents),
        "natasha_documents_per_second": documents / total["natasha"],
        "svod_documents_per_second": documents / total["svod"],
        "ratio": total["natasha"] / total["svod"],
    }


def main(json: bool) -> int:
    """Run all parts; print figures as JSON or as lines."""
    with Progress() as progress:
        figures = _peer(progress.say)
        for part in ("startup", "growth"):
            progress.say(part)
            figures |= _in_process(part)
    if json:
        print(json_module.dumps(figures, indent=1))
    else:
        for name, value in figures.items():
            print(f"{name:32s} {value:10.2f}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1] in PARTS:
        print(json_module.dumps(PARTS[sys.argv[1]]()))
    else:
        raise SystemExit(main("--json" in sys.argv))
