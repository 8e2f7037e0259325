"""How soon Airflow notices that a process of its own is gone, and takes up what it left. Data only.

A worker killed with its task: silent for 15 s, looked for every 5 s, tried again 5 to 10 s later. A killed
scheduler: its successor takes over what was running as soon as the old heartbeat is 15 s old. A task that a
broker has lost waits a minute, then is handed out anew. A task that is slow to say that it lives is only
tried again, which is safe: every load is fenced. docker-compose.yml says the same (tested).
"""

from __future__ import annotations

from collections.abc import Mapping

RECOVERY: Mapping[str, Mapping[str, int]] = {
    "scheduler": {
        "task_instance_heartbeat_timeout": 15,
        "task_instance_heartbeat_timeout_detection_interval": 5,
        "scheduler_health_check_threshold": 15,
        "orphaned_tasks_check_interval": 5,
        "task_queued_timeout": 60,
        "task_queued_timeout_check_interval": 10,
        # a task that waits for a free worker is patient, not broken
        "num_stuck_in_queued_retries": 1000,
    },
    # longer than any task: the broker itself never gives a task out twice
    "celery_broker_transport_options": {"visibility_timeout": 6 * 3600},
}
