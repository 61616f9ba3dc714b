"""Run the command line as ``python -m jsbio_kg.cli``."""

from .main import main

main(prog_name="jsbio-kg")
