"""Figures that the project promises, measured as whole processes. `python -m benchmarks` prints the table."""
