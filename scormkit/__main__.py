"""`python -m scormkit` is the command `scormkit`."""

from scormkit.cli import main

main(prog_name="scormkit")
