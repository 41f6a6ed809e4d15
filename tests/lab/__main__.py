"""``python -m tests.lab``: see docs/lab.md."""

from tests.lab.cli import main

if __name__ == "__main__":
    main()
