"""Svod: reads the figures out of regional social-programme reports and keeps the sentence behind each."""

__version__ = "0.1.0"
