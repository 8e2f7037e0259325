"""The embedded stack: PostgreSQL, Airflow's processes, the sample sites, and the demo over them all.

Starts and stops processes and hands out addresses. Knows nothing of what the reports say.
"""
