"""Alembic's scripts for the schemas that code owns (raw, ops). dbt owns what comes after them."""
