"""Raw rows through resolve and all layers: what an analyst then finds, and what does not depend on the run."""

from __future__ import annotations

import pytest

from .conftest import Raw, Warehouse  # noqa: TID252


@pytest.fixture(scope="module")
def built(warehouse: Warehouse, raw: Raw) -> Warehouse:
    raw.promote("1.0")
    raw.report(
        "kuzbass",
        source="kuzbass",
        regions=("RU-KEM",),
        published="2024-04-24",
        projects=[
            {"name": "Шаг навстречу", "status": "running"},
            {"name": "Шаг навстречу", "status": "running", "quote": "«Шаг навстречу» ещё раз"},
            {"name": "Дружим с цифрой", "status": "started"},
        ],
        partners=[{"name": "Министерство социальной защиты населения Кузбасса", "type": "authority", "role": "implementer"}],
        metrics=[
            {"value": 20, "unit": "учреждение", "project_name": "Дружим с цифрой", "quote": "20 учреждений"},
            {"value": 50, "unit": "учреждение", "comparator": "approx", "planned": True, "quote": "около 50 учреждений"},
        ],
    )
    warehouse.build()
    return warehouse


def test_a_project_named_twice_is_one(built: Warehouse) -> None:
    assert built.value("select count(*) from marts_next.dim_project where name = 'Шаг навстречу'") == 1
