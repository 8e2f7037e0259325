"""Organisations with a part in the activity: names, types and roles."""
