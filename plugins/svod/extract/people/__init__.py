"""Whom a figure concerns: groups of people and how a sentence names them."""
