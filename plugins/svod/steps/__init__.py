"""What a task of a DAG or a command of the command line calls: whole steps of the one way through the house.

Functions here take settings and values, know nothing of Airflow and print nothing.
"""
