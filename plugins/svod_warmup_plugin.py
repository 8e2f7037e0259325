"""The AirflowPlugin that makes tasks start quickly; see svod.airflow.warmup."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from svod.airflow import warmup


class SvodWarmupPlugin(AirflowPlugin):
    name = "svod_warmup"
    listeners = [warmup]  # noqa: RUF012 - Airflow's form
