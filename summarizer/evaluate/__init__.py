"""Quality figures of runs: a model, a prompt or a kind, over documents or over pairs with or without references.

`runs.read_runs` reads what was made, `compare.compare` puts runs side by side over what they have in common, `report` shows it.
"""
