"""Persons, organisations and places of an article, by rule and list from its German: no model is asked."""

from .finder import Found, Mention, find_names, group

__all__ = ["Found", "Mention", "find_names", "group"]
