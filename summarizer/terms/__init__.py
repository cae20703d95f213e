"""Terms: glossaries that are hinted at and checked, and translation memories whose matches are reused."""
