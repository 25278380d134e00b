"""Facts of the standards and hosts, with their sources; no logic."""
