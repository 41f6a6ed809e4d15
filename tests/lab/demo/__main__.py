"""``python -m tests.lab.demo``."""

from tests.lab.demo.make import main

main()
