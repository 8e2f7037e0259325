"""The only part of Svod that knows Airflow: tasks, defaults, callbacks. All work is done in svod.steps."""
