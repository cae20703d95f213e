"""German news articles in English: a structured brief whose every statement names its sentences."""

__version__ = "0.1.0"
