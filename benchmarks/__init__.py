"""What prints the figures that the documentation quotes; each is run with `python -m benchmarks.NAME`."""
