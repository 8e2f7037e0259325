"""A new extractor version through the DAG: read in parts, compared, decided; until then it stays out."""

import json
from pathlib import Path

import psycopg
import pytest
from tests.dags.engine import other_engine
from tests.warehouse.conftest import PASSWORDS

from svod.archive import Archive
from svod.config import Settings
from svod.steps import reextract
from svod.steps import warehouse as steps
from svod.steps.backup import make_backup
from svod.steps.restore import rebuild
from svod.warehouse import migrate, promoted_extractor
from svod.warehouse.fingerprint import TableHash, table_hashes
from svod.warehouse.reextraction import Comparison, latest

pytestmark = pytest.mark.usefixtures("first_version")

SOURCE = "ingest__kirov_dobro43"
READ = "select extractor_version, count(*) from raw.version_extraction group by 1"
# a figure that both engines read alike, and its fact by the first
STABLE = """
select a.metric_mention_id, a.value from raw.metric_mention a join raw.metric_mention b
using (version_id, start_char, end_char, value, kind, unit)
where a.extractor_version = '1' and b.extractor_version = '2' order by 1 limit 1
"""

REVIEW = "insert into ops.review (fact_id, verdict, reviewed_by, follows) values (%s, %s, 'ann', 0)"


def rows(settings: Settings, query: str, *values: object) -> list[tuple]:
    with psycopg.connect(settings.dsn("owner")) as conn:
        cursor = conn.execute(query, values or None)
        return cursor.fetchall() if cursor.description else []


def run(bag, decision: str = "wait", reason: str = "") -> dict[str, str]:
    """One run of the DAG, as a person starts it; the state of its tasks."""
    done = bag.dags["reextract"].test(run_conf={"decision": decision, "reason": reason})
    assert done.state == "success"
    return {ti.task_id: str(ti.state) for ti in done.get_task_instances()}


def found(settings: Settings) -> Comparison:
    comparison = latest(settings.dsn("transformer"))
    assert comparison is not None
    return comparison


def test_a_version_is_read_once_compared_and_waits_for_a_person(bag, stack, monkeypatch) -> None:
    assert bag.dags[SOURCE].test().state == "success"
    assert run(bag)["settle"] == "skipped"  # nothing new, nothing to decide
    reports = dict(rows(stack, READ))["1"]
    monkeypatch.setattr(reextract, "PART", 2)
    monkeypatch.setattr(reextract, "CHUNK", 1)
    other_engine(monkeypatch)
    assert run(bag)["settle"] == "skipped"
    first = found(stack)
    assert (first.versions, first.unread, first.waiting, first.state) == (reports, 0, 0, "open")
    assert first.same > 0
    assert first.changed + first.gone > 5
    assert dict(rows(stack, READ)) == {"1": reports, "2": reports}
    assert promoted_extractor(stack.dsn("owner")) == "1"

    facts = rows(stack, "select count(*) from raw.metric_mention")
    assert run(bag)["settle"] == "skipped"
    assert rows(stack, "select count(*) from raw.metric_mention") == facts  # nothing is read twice

    assert run(bag, "reject", "loses figures")["settle"] == "skipped"
    assert found(stack).state == "rejected"
    monkeypatch.setenv("SVOD_PROMOTE_WITHIN", "1.0")
    assert run(bag)["settle"] == "skipped"  # a person's word is above the limits
    assert promoted_extractor(stack.dsn("owner")) == "1"

    fact, value = rows(stack, STABLE)[0]
    rows(stack, REVIEW, fact, "confirmed")
    assert run(bag, "promote", "looked at")["settle"] == "success"
    assert rows(stack, "select extractor_version, reason from ops.promotion order by promotion_id")[1] == (
        "2",
        "looked at",
    )
    resolved = steps.resolve(stack.dsn("transformer"))
    assert (resolved["reviews_outdated"], resolved["reviews_carried"]) == (1, 1)
    carried = rows(
        stack,
        "select m.value, m.extractor_version, r.verdict from ops.review_in_force r"
        " join raw.metric_mention m on m.metric_mention_id = r.fact_id where r.carried",
    )
    assert carried == [(value, "2", "confirmed")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "state"),
    [
        ({"SVOD_PROMOTE_WITHIN": "1.0"}, "promoted"),
        ({"SVOD_PROMOTE_WITHIN": "0.0", "SVOD_REJECT_BEYOND": "0.01"}, "rejected"),
        ({"SVOD_PROMOTE_WITHIN": "0.0", "SVOD_REJECT_BEYOND": "0.999"}, "open"),
    ],
)
def test_limits_decide_where_they_are_set(bag, stack, monkeypatch, settings, state) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert bag.dags["ingest__irkutsk_vestnik"].test().state == "success"
    other_engine(monkeypatch)
    assert run(bag)["settle"] == ("success" if state == "promoted" else "skipped")
    assert 0.01 < found(stack).share < 0.999
    assert found(stack).state == state


def test_a_text_whose_original_is_gone_waits_in_quarantine(bag, stack, monkeypatch) -> None:
    assert bag.dags["ingest__irkutsk_vestnik"].test().state == "success"
    rows(
        stack,
        "update raw.document_version set published_basis = 'none', body_sha256 = %s"
        " where version_id = (select min(version_id) from raw.document_version)",
        "0" * 64,
    )
    other_engine(monkeypatch)
    assert run(bag)["settle"] == "skipped"
    assert found(stack).unread == 1
    assert rows(stack, "select code from raw.quarantine") == [("body_missing",)]


# --- with the marts -----------------------------------------------------------------------------------------


def published(settings: Settings) -> dict[str, TableHash]:
    with psycopg.connect(settings.dsn("owner")) as conn:
        return dict(table_hashes(conn, ["marts"], without={"updated_at", "release_id"}))


def write_report(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text)


@pytest.mark.slow
def test_only_what_is_promoted_reaches_the_marts(bag, stack, monkeypatch, tmp_path) -> None:
    def build() -> None:
        assert bag.dags["warehouse"].test().state == "success"

    def extractors() -> set[str]:
        return {name for (name,) in rows(stack, "select distinct extractor_version from marts.fct_outcome")}

    files = tmp_path / "files"
    monkeypatch.setenv("SVOD_FILES_DIR", str(files))
    write_report(files, "changing", "За 2023 год в Кировской области проект «Весна» помог 23 семьям.")
    for dag in (SOURCE, "ingest__files"):
        assert bag.dags[dag].test().state == "success"
    build()
    before = published(stack)
    assert extractors() == {"1"}

    # new code, not promoted: what it reads, of old and of new reports, stays out of the marts
    other_engine(monkeypatch, numbers=4)
    write_report(files, "changing", "За 2023 год в Кировской области проект «Весна» помог 25 семьям.")
    write_report(files, "late", "За 2023 год в Кировской области проект «Осень» помог 40 семьям.")
    assert bag.dags["ingest__files"].test().state == "success"
    assert run(bag)["settle"] == "skipped"
    assert (found(stack).unread, found(stack).waiting) == (0, 2)
    run(bag, "reject", "no")
    build()
    assert extractors() == {"1"}
    values = (
        "select value from marts.fct_outcome join marts.dim_report using (report_id) where natural_key ~ %s"
    )
    assert rows(stack, values, "changing") == [(23,)]  # the last text that version 1 has read
    assert rows(stack, values, "late") == []
    changed = {name for name, found in published(stack).items() if found != before[name]}
    assert changed <= {"marts.dim_report", "marts.dim_source"}  # these tell how much was seen

    fact, value = rows(stack, STABLE)[0]
    rows(stack, REVIEW, fact, "confirmed")
    assert run(bag, "promote", "after all")["settle"] == "success"
    build()
    assert extractors() == {"2"}
    assert rows(stack, values, "changing") == [(25,)]
    assert rows(stack, values, "late") == [(40,)]
    confirmed = "select value, extractor_version from marts.fct_outcome where review_status = 'confirmed'"
    assert rows(stack, confirmed) == [(value, "2")]


@pytest.mark.slow
def test_archive_and_decisions_alone_give_the_same_marts(
    bag, stack, monkeypatch, make_database, tmp_path
) -> None:
    def build(settings: Settings) -> None:
        dsn = settings.dsn("transformer")
        steps.resolve(dsn)
        for layer in ("staging", "intermediate", "marts"):
            steps.build(layer, run_id="built", dsn=dsn)
        steps.gate(run_id="built", dsn=dsn)
        steps.publish(run_id="built", dsn=dsn)

    for source in (SOURCE, "ingest__irkutsk_vestnik"):
        assert bag.dags[source].test().state == "success"
    for verdict, (fact,) in zip(
        ("confirmed", "rejected"),
        rows(stack, "select metric_mention_id from raw.metric_mention order by 1"),
        strict=False,
    ):
        rows(stack, REVIEW, fact, verdict)
    build(stack)
    before = published(stack)
    assert before["marts.fct_outcome"].rows > 40
    assert before["marts.outcome_history"].rows == 1
    made = make_backup(stack.dsn("owner"), Archive(stack.archive), tmp_path / "backups")
    empty = make_database()
    migrate(empty, PASSWORDS)
    monkeypatch.setenv("SVOD_WAREHOUSE_DSN", empty)
    monkeypatch.setenv("SVOD_HOSTS", json.dumps({}))  # no site within reach
    other = Settings()
    assert rebuild(made, other)["metrics"] > 40
    build(other)
    after = published(other)
    assert {name for name in before if after[name] != before[name]} == set()
