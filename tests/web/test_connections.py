"""Connections kept between pages: reused, thrown away when cut, never left in a transaction."""

from __future__ import annotations

import psycopg
import pytest

from svod.errors import WarehouseError
from svod.web.connections import Connections

from .conftest import Place

BACKEND = "select pg_backend_pid()"


def backend(connections: Connections, dsn: str) -> object:
    with connections.reading(dsn) as conn:
        return conn.execute(BACKEND).fetchone()


def test_a_connection_is_used_again(place: Place) -> None:
    connections = Connections()
    assert backend(connections, place.app) == backend(connections, place.app)


def test_reading_cannot_write(place: Place) -> None:
    connections = Connections()
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), connections.reading(place.app) as conn:
        conn.execute("insert into ops.review (fact_id, verdict, reviewed_by) values ('a', 'open', 'b')")
    assert backend(connections, place.app)  # the failed one was not kept


def test_a_restart_of_the_server_is_not_noticed(place: Place) -> None:
    connections = Connections()
    before = backend(connections, place.app)
    with psycopg.connect(place.app) as conn:
        cut = conn.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'svod pages' and datname = current_database()"
        ).fetchall()
    assert (True,) in cut
    after = backend(connections, place.app)
    assert after is not None
    assert after != before


def test_several_at_once_see_each_their_own_moment(place: Place) -> None:
    connections = Connections()
    with connections.reading(place.app) as one:
        assert one.execute("select count(*) from ops.promotion").fetchone() == (0,)
        place.rows(
            "insert into ops.promotion (extractor_version, reason, promoted_by) values ('1', 'a', 'b')"
        )
        assert one.execute("select count(*) from ops.promotion").fetchone() == (0,)
        with connections.reading(place.app) as two:
            assert two.execute("select count(*) from ops.promotion").fetchone() == (1,)


def test_a_warehouse_that_is_down_is_said_to_be(place: Place) -> None:
    with pytest.raises(WarehouseError), Connections().reading("postgresql://nobody@127.0.0.1:1/none"):
        raise AssertionError
    assert backend(Connections(), place.app)
