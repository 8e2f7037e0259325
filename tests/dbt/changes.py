"""Random things that happen to a warehouse between two nights, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from svod.warehouse import keys

from .conftest import EXTRACTOR, Raw
from .world import metric, project

SOURCES = ("tula", "tver", "tomsk")
REGIONS = ("RU-TUL", "RU-TVE", "RU-TOM", "ZZ-XX")
PROJECTS = ("Лад", "Лада", "Родник", "Вместе теплее", "Первый шаг", "Демография", "Старшее поколение")
PROGRAMMES = ("Демография", "Старшее поколение")  # the second belongs to the first
PARTNERS = ("АНО «Опора»", "Фонд «Опора»", "Центр «Исток»", "Школа № 7")
UNITS = ("семья", "человек", "услуга", "бригада", "занятие", "бармаглот")
COMPARATORS = ("eq", "eq", "eq", "gt", "ge", "lt", "approx")
TEXTS = ("Проект «Лад» помог 15 семьям.", "Проект «Родник»: 40 занятий за год.")


@dataclass
class Season:
    """Makes things happen. `reports`: name → report, version, ids of its figures, to change them later."""

    raw: Raw
    rng: random.Random
    reports: dict[str, tuple[str, str, list[str]]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    happened: list[str] = field(default_factory=list)

    def pass_by(self, events: int) -> None:
        """So many random events, the first of them new reports."""
        kinds: list[Callable[[], None]] = [
            *[self.new_report] * 4,
            *[self.edit] * 2,
            *(self.withdraw, self.return_one, self.copy, self.read_anew, self.promote, self.judge),
            *(self.review, self.hold_back, self.describe_source_anew, self.tell_late),
        ]
        while len(self.reports) < 6:
            self.new_report()
        for _ in range(events):
            kind = self.rng.choice(kinds)
            self.happened.append(kind.__name__)
            kind()

    def new_report(self) -> None:
        self._write(f"report {len(self.reports)}")

    def edit(self) -> None:
        self._write(self._any_report())

    def copy(self) -> None:
        """The same text from any source: a copy of those that have it already."""
        self._write(f"report {len(self.reports)}", text=self.rng.choice(TEXTS))

    def withdraw(self) -> None:
        name = self._any_report()
        self.raw.event(self.reports[name][0], "withdrawn", self.reports[name][1])
        self.withdrawn.add(name)

    def return_one(self) -> None:
        if self.withdrawn:
            name = self.rng.choice(sorted(self.withdrawn))
            self.withdrawn.remove(name)
            self.raw.event(self.reports[name][0], "returned", self.reports[name][1])

    def tell_late(self) -> None:
        """A report that was published years ago and is only seen now."""
        self._write(f"report {len(self.reports)}", published="2019-03-01")

    def read_anew(self) -> None:
        """A further extractor version reads some of the versions, otherwise than before."""
        version = f"{self.rng.randrange(2, 4)}.0"
        for name in self.rng.sample(sorted(self.reports), len(self.reports) // 2):
            known = "select from raw.version_extraction where version_id = %s and extractor_version = %s"
            if self.raw.conn.execute(known, (self.reports[name][1], version)).fetchone() is None:
                contents = self._contents()
                self.raw.read(
                    self.reports[name][1],
                    contents["regions"],
                    contents["publisher"],
                    contents["projects"],
                    contents["partners"],
                    contents["metrics"],
                    version,
                )

    def promote(self) -> None:
        self.raw.promote(self.rng.choice((EXTRACTOR, EXTRACTOR, "2.0", "3.0")))

    def judge(self) -> None:
        """A person ties two names together, or apart, or lets an earlier judgement go."""
        names = self.raw.conn.execute(
            "select name_key from ops.canonical_name where entity_kind = 'project' order by name_key"
        ).fetchall()
        if len(names) > 1:
            left, right = sorted(row[0] for row in self.rng.sample(names, 2))
            self.raw.insert(
                "ops.judgement",
                entity_kind="project",
                left_key=left,
                right_key=right,
                verdict=self.rng.choice(("positive", "positive", "negative", "unsure")),
                decided_by="analyst",
                reason="test",
            )

    def review(self) -> None:
        fact = self._any_figure()
        verdict = self.rng.choice(("rejected", "corrected", "confirmed", "open"))
        correction = {
            "corrected_value": self.rng.randrange(1, 99),
            "corrected_comparator": "eq",
            "corrected_kind": "count",
            "corrected_unit": self.rng.choice(UNITS),
            "corrected_planned": False,
            "corrected_project": self.rng.choice((None, *PROJECTS)),
        }
        more = correction if verdict == "corrected" else {}
        self.raw.insert("ops.review", fact_id=fact, verdict=verdict, reviewed_by="test", **more)

    def hold_back(self) -> None:
        """The gate holds a figure back; a person lets it go again, or not."""
        fact = self._any_figure()
        key = keys.key("quarantine", fact)
        self.raw.conn.execute(
            "insert into raw.quarantine (quarantine_id, source_id, run_id, stage, code, reason, key, payload)"
            " values (%s, 'tula', 'test', 'gate', 'odd', 'test', %s, '{}') on conflict do nothing",
            (key, fact),
        )
        action = self.rng.choice(("release", "drop", None))
        if action:
            self.raw.insert(
                "raw.quarantine_decision", quarantine_id=key, action=action, decided_by="test", reason="test"
            )

    def describe_source_anew(self) -> None:
        publisher = self.rng.choice(("Центр поддержки семьи", "Отдел социальной защиты"))
        self.raw.source(self.rng.choice(SOURCES), publisher_name=publisher)

    def _write(self, name: str, **more: Any) -> None:
        source = SOURCES[int(name.split()[1]) % len(SOURCES)]
        self.reports[name] = self.raw.report(name, source=source, **(self._contents() | more))

    def _contents(self) -> dict[str, Any]:
        names = self.rng.sample(PROJECTS, self.rng.randrange(0, 3))
        published = date(2024, 1, 1) + timedelta(days=self.rng.randrange(400))
        return {
            "regions": tuple(self.rng.sample(REGIONS, self.rng.choice((1, 1, 1, 2)))),
            "published": published.isoformat(),
            "publisher": self.rng.choice((None, "Центр поддержки семьи")),
            "projects": [project(n, "program" if n in PROGRAMMES else "project") for n in names],
            "partners": [{"name": self.rng.choice(PARTNERS), "role": self.rng.choice(("funder", None))}],
            "metrics": self._metrics(names, published),
        }

    def _metrics(self, projects: list[str], published: date) -> list[dict[str, Any]]:
        metrics: list[dict[str, Any]] = []
        for number in range(self.rng.randrange(1, 5)):
            start = published.replace(day=1, month=self.rng.choice((1, 1, 4, 10)))
            end = start + timedelta(days=self.rng.choice((30, 89, 89, 364)))
            unit = self.rng.choice(UNITS)
            more: dict[str, Any] = {"part_of": 0} if number and self.rng.random() < 0.2 else {}
            if self.rng.random() < 0.8:
                more |= {"period_start": start.isoformat(), "period_end": end.isoformat()}
            if self.rng.random() < 0.2:
                more |= {"kind": "money"}
            metrics.append(
                metric(
                    self.rng.randrange(1, 60),
                    unit,
                    self.rng.choice((None, *projects)),
                    comparator=self.rng.choice(COMPARATORS),
                    planned=self.rng.random() < 0.2,
                    quote=f"{number}: столько {unit}",
                    **more,
                )
            )
        return metrics

    def _any_report(self) -> str:
        return self.rng.choice(sorted(self.reports))

    def _any_figure(self) -> str:
        rows = self.raw.conn.execute("select metric_mention_id from raw.metric_mention order by 1").fetchall()
        return str(self.rng.choice(rows)[0])
