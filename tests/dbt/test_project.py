"""The project itself: names, layers, comments, keys, what dbt says about it, and its documentation."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from svod.warehouse.dbt_runner import DbtError, layer_command

from .conftest import PROJECT, Warehouse

MODELS = PROJECT / "models"
PREFIXES = {
    "staging": re.compile(r"stg_(raw|ops)__[a-z_]+"),
    "intermediate": re.compile(r"int_[a-z_]+"),
    "marts": re.compile(
        r"(dim|fct|bridge|agg)_[a-z_]+|outcome_history|(project|partner)_name|partner_identifier"
    ),
}
READS = {
    "staging": set(),
    "intermediate": {"staging", "intermediate"},
    "marts": {"intermediate", "marts"},
}
SEPARATOR = " · "
# texts of the marts that hold no code: keys, names, quotes, addresses, codes with a table of their own
NO_CODE = re.compile(
    r"\w+_id|counted_for|closed_by|part_of|\w*name(_\w+)?|\w+_(ru|en)|title|publisher|owner|licence|natural_key"
    r"|url|quote|evidence_url|value_text|unit|identifier|region_code|iso_3166_2|oktmo|okato|sha256_text"
    r"|extractor_version"
)


def sql_files() -> list[Path]:
    return sorted(MODELS.glob("*/*.sql"))


def properties() -> dict[str, dict[str, Any]]:
    """What the YAML beside the models says about each model and seed."""
    found = {}
    for path in [*MODELS.glob("*/*.yml"), *PROJECT.glob("seeds/*.yml")]:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for kind in ("models", "seeds"):
            found.update({node["name"]: node for node in content.get(kind, [])})
    return found


def test_there_are_models_in_every_layer() -> None:
    layers = [path.parent.name for path in sql_files()]
    assert {layer: layers.count(layer) >= 15 for layer in PREFIXES} == dict.fromkeys(PREFIXES, True)


@pytest.mark.parametrize("path", sql_files(), ids=lambda path: path.stem)
def test_name_and_layer(path: Path) -> None:
    layer = path.parent.name
    sql = path.read_text(encoding="utf-8")
    seeds = {seed.stem for seed in PROJECT.glob("seeds/*.csv")}
    layers = {model.stem: model.parent.name for model in sql_files()}
    read = {layers[name] for name in re.findall(r"ref\('(\w+)'\)", sql) if name not in seeds}
    assert PREFIXES[layer].fullmatch(path.stem)
    assert read <= READS[layer]
    assert ("source(" in sql) == (layer == "staging"), "only staging reads what code owns"
    assert path.with_suffix(".yml").exists(), "its YAML stands beside it"


def test_everything_is_described_in_two_languages() -> None:
    nodes = properties()
    assert len(nodes) == len(sql_files()) + len(list(PROJECT.glob("seeds/*.csv")))
    for name, node in nodes.items():
        texts = [node["description"], *(column["description"] for column in node["columns"])]
        for text in texts:
            russian, _, english = text.partition(SEPARATOR)
            assert re.search("[а-яё]", russian), (name, text)
            assert english, (name, text)
            assert not re.search("[а-яё]{3}", english.replace("ё written as е", "")), (name, text)


@pytest.mark.usefixtures("world")
def test_comments_reach_the_database(warehouse: Warehouse) -> None:
    bare = warehouse.rows(
        "select c.relname, a.attname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " join pg_attribute a on a.attrelid = c.oid and a.attnum >= 0 and not a.attisdropped"
        " where n.nspname in ('staging', 'intermediate', 'marts_next') and c.relkind in ('r', 'v')"
        " and c.relname <> 'built_key' and coalesce(col_description(c.oid, a.attnum), '') not like '%% · %%'"
    )
    assert bare == []
    tables = warehouse.value(
        "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r'"
        " and n.nspname = 'marts_next' and obj_description(c.oid) like '%% · %%'"
    )
    assert tables == sum(path.parent.name == "marts" for path in sql_files())


@pytest.mark.usefixtures("world")
def test_every_mart_has_its_keys(warehouse: Warehouse) -> None:
    rows = warehouse.rows(
        "select conrelid::regclass::text as mart, contype::text as type, count(*) as keys from pg_constraint"
        " join pg_class c on c.oid = conrelid join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'marts_next' and contype in ('p', 'f') and convalidated group by 1, 2"
    )
    found = {(row["mart"].removeprefix("marts_next."), row["type"]): row["keys"] for row in rows}
    for name, node in properties().items():
        if not (MODELS / "marts" / f"{name}.sql").exists():
            continue
        constraints = [c["type"] for column in node["columns"] for c in column.get("constraints", [])]
        assert found[name, "p"] == 1
        assert found.get((name, "f"), 0) == constraints.count("foreign_key"), name


@pytest.mark.usefixtures("world")
def test_no_mart_has_lists_or_documents_in_a_column(warehouse: Warehouse) -> None:
    odd = warehouse.rows(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'marts_next' and data_type in ('ARRAY', 'json', 'jsonb', 'USER-DEFINED')"
    )
    assert odd == []


def coded() -> dict[tuple[str, str], str]:
    """(mart, column) → the domain of dim_code that explains its codes."""
    return {
        (name, column["name"]): column["config"]["meta"]["codes"]
        for name, node in properties().items()
        if (MODELS / "marts" / f"{name}.sql").exists()
        for column in node["columns"]
        if "codes" in column.get("config", {}).get("meta", {})
    }


@pytest.mark.usefixtures("world")
def test_every_text_of_a_mart_is_a_code_or_known_to_be_none(warehouse: Warehouse) -> None:
    rows = warehouse.rows(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'marts_next' and data_type = 'text'"
    )
    unknown = {
        (row["table_name"], row["column_name"])
        for row in rows
        if not NO_CODE.fullmatch(row["column_name"]) and row["table_name"] != "dim_code"
    }
    assert len(unknown) >= 60
    assert unknown == set(coded())


@pytest.mark.usefixtures("world")
def test_every_code_is_explained(warehouse: Warehouse) -> None:
    explained = {
        (row["domain"], row["code"]) for row in warehouse.rows("select domain, code from marts_next.dim_code")
    }
    domains = {domain for domain, _ in explained}
    for (mart, column), domain in coded().items():
        assert domain in domains, (mart, column)
        found = warehouse.rows(f'select distinct "{column}" as code from marts_next."{mart}"')
        assert {(domain, row["code"]) for row in found if row["code"]} <= explained, (mart, column)
    for name, node in properties().items():
        for column in node["columns"]:
            tests = [t["accepted_values"] for t in column.get("data_tests", []) if "accepted_values" in t]
            if domain := coded().get((name, column["name"])):
                accepted = {(domain, code) for test in tests for code in test["arguments"]["values"]}
                assert accepted <= explained, (name, column["name"])


@pytest.mark.usefixtures("world")
def test_a_claim_and_its_indicator_call_the_group_alike(warehouse: Warehouse) -> None:
    for mart in ("fct_outcome", "fct_outcome_consolidated", "agg_outcome_year"):
        rows = warehouse.rows(
            f"select f.beneficiary, i.beneficiary as indicator from marts_next.{mart} as f"
            " join marts_next.dim_indicator as i using (indicator_id)"
        )
        assert "none" in {row["beneficiary"] for row in rows}, mart
        assert [row for row in rows if row["beneficiary"] != row["indicator"]] == [], mart


@pytest.mark.usefixtures("world")
def test_coverage_tells_silence_from_nothing(warehouse: Warehouse) -> None:
    states = warehouse.rows("select distinct state, sources > 0 as watched from ops.coverage")
    assert {row["state"] for row in states if not row["watched"]} == {"covered", "no_source"}
    # sources come from other modules of this database, if they ran before
    assert {row["state"] for row in states if row["watched"]} <= {"covered", "silent"}
    assert warehouse.value("select count(distinct territory_iso) from ops.coverage") == 89


@pytest.mark.usefixtures("world")
def test_unit_tests(warehouse: Warehouse) -> None:
    nodes = warehouse.dbt("--warn-error", "test", "--select", "test_type:unit")
    assert sum(node.resource_type == "unit_test" for node in nodes) >= 12


def test_documentation_is_one_file_made_offline(warehouse: Warehouse) -> None:
    warehouse.dbt("docs", "generate", "--static")
    page = warehouse.target / "static_index.html"
    assert page.stat().st_size > 1_000_000
    assert "fct_outcome" in page.read_text(encoding="utf-8")


def test_evidence_leads_to_the_pages_where_they_have_an_address(warehouse: Warehouse) -> None:
    warehouse.dbt("compile", "--select", "int_outcome", pages_url="https://svod.example.org/svod")
    compiled = warehouse.target / "compiled" / "svod" / "models" / "intermediate" / "int_outcome.sql"
    assert (
        "'https://svod.example.org/svod/fact/' || mentions.outcome_id as evidence_url" in compiled.read_text()
    )
    warehouse.dbt("compile", "--select", "int_outcome")
    assert "reports.url as evidence_url" in compiled.read_text()


def test_a_partner_is_a_mark_on_the_page_of_its_report(warehouse: Warehouse) -> None:
    warehouse.dbt("compile", "--select", "bridge_report_partner", pages_url="https://svod.example.org/svod")
    compiled = warehouse.target / "compiled" / "svod" / "models" / "marts" / "bridge_report_partner.sql"
    wanted = (
        "'https://svod.example.org/svod/report/' || ranked.report_id || '#fact-' || ranked.partner_mention_id"
    )
    assert f"{wanted} as evidence_url" in " ".join(compiled.read_text().split())


def test_nothing_selected_is_an_error(warehouse: Warehouse) -> None:
    with pytest.raises(DbtError, match="nothing was selected"):
        warehouse.dbt("build", "--select", "no_such_model")
    with pytest.raises(KeyError):
        layer_command("no_such_layer")


@pytest.fixture
def broken_status(warehouse: Warehouse, world: dict[str, list[str]]) -> Iterator[None]:
    """One claim of the candidate is neither plan nor fact; the world goes back to what it was."""
    claim = world["plan"][0]
    change = f"update marts_next.fct_outcome set fact_status = '{{}}' where outcome_id = '{claim}'"
    before = warehouse.value("select fact_status from marts_next.fct_outcome where outcome_id = %s", claim)
    warehouse.execute(change.format("magic"))
    yield
    warehouse.execute(change.format(before))


@pytest.mark.usefixtures("broken_status")
def test_a_failing_test_is_named_with_its_rows(warehouse: Warehouse) -> None:
    name = "accepted_values_fct_outcome_fact_status__actual__target"
    with pytest.raises(DbtError, match=rf"{name}\S* \(1 failing rows\)") as caught:
        warehouse.dbt("test", "--select", name)
    (failed,) = (node for node in caught.value.nodes if node.failed)
    assert (failed.resource_type, failed.status, failed.rows) == ("test", "fail", 1)


def test_nothing_is_written_into_the_project(warehouse: Warehouse, world: object) -> None:
    assert not (PROJECT / "target").exists()
    assert not (PROJECT / "logs").exists()
    assert not list(PROJECT.rglob("*.duckdb")) + list(PROJECT.rglob(".user.yml"))
    assert json.loads((warehouse.target / "run_results.json").read_text(encoding="utf-8"))["results"]


class TestSeeds:
    def rows(self, name: str) -> list[dict[str, str]]:
        with (PROJECT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("territory", ("territory_id",)),
            ("territory", ("name_ru",)),
            ("territory", ("name_en",)),
            ("unit", ("unit",)),
            ("beneficiary_group", ("beneficiary",)),
            ("measure", ("kind",)),
            ("sector", ("sector_code",)),
            ("vocabulary", ("domain", "code")),
            ("iati_code", ("code_list", "code")),
            ("federal_programme", ("name", "kind")),
            ("project_parent", ("child_name", "child_kind")),
            ("judgement_seed", ("entity_kind", "left_name", "right_name")),
        ],
    )
    def test_keys_are_unique(self, name: str, key: tuple[str, ...]) -> None:
        values = [tuple(row[column] for column in key) for row in self.rows(name)]
        assert len(values) == len(set(values)) > 0

    def test_all_federal_subjects_are_there(self) -> None:
        rows = self.rows("territory")
        subjects = [row for row in rows if row["level"] == "region"]
        assert len(subjects) == 89
        assert [row["level"] for row in rows].count("federal_district") == 8
        kinds = [row["kind"] for row in subjects]
        assert {kind: kinds.count(kind) for kind in set(kinds)} == {
            "republic": 24,
            "krai": 9,
            "oblast": 48,
            "federal_city": 3,
            "autonomous_oblast": 1,
            "autonomous_okrug": 4,
        }

    def test_territory_codes(self) -> None:
        subjects = {row["territory_id"]: row for row in self.rows("territory") if row["level"] == "region"}
        assert all(re.fullmatch(r"\d{8}", key) and row["oktmo"] == key for key, row in subjects.items())
        assert all(re.fullmatch(r"\d{11}", row["okato"]) for row in subjects.values())
        differ = {k for k, row in subjects.items() if row["okato"].rstrip("0") != k.rstrip("0")}
        assert differ == {"11800000", "71800000", "71900000"}, "only three okrugs have another OKATO"
        inside = {"11800000", "71800000", "71900000"}
        assert all(key[2:] == "000000" for key in subjects.keys() - inside)
        assert {key[:2] for key in inside} == {"11", "71"} <= {key[:2] for key in subjects.keys() - inside}
        without = {key for key, row in subjects.items() if not row["iso_3166_2"]}
        assert without == {"21000000", "23000000", "43000000", "74000000"}
        codes = [row["iso_3166_2"] for row in subjects.values() if row["iso_3166_2"]]
        assert len(codes) == len(set(codes)) == 85
        assert sorted(c for c in codes if not c.startswith("RU-")) == ["UA-40", "UA-43"]

    def test_references_between_seeds_hold(self) -> None:
        territories = self.rows("territory")
        ids = {row["territory_id"] for row in territories}
        assert all(row["parent_id"] in ids for row in territories if row["level"] != "country")
        iati = {(row["code_list"], row["code"]) for row in self.rows("iati_code")}
        vocabulary = self.rows("vocabulary")
        linked = [(row["iati_code_list"], row["iati_code"]) for row in vocabulary if row["iati_code"]]
        assert set(linked) <= iati
        families = {row["code"] for row in vocabulary if row["domain"] == "unit_family"}
        assert {row["family"] for row in self.rows("unit")} == families - {"other"}
        assert {row["additive"] for row in self.rows("unit")} == {"sum", "max"}
        sectors = {row["sector_code"] for row in self.rows("sector")} | {""}
        assert {row["sector_code"] for row in self.rows("beneficiary_group")} <= sectors
        programmes = {(row["name"], row["kind"]) for row in self.rows("federal_programme")}
        for row in self.rows("project_parent"):
            assert (row["child_name"], row["child_kind"]) in programmes
            assert (row["parent_name"], row["parent_kind"]) in programmes

    def test_judgements_are_well_formed(self) -> None:
        rows = self.rows("judgement_seed")
        assert {row["verdict"] for row in rows} <= {"positive", "negative", "unsure"}
        assert {row["entity_kind"] for row in rows} <= {"project", "partner"}
        assert all(row["reason"] for row in rows)
