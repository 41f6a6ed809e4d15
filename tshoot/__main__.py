"""``python -m tshoot``."""

from tshoot.cli import main

if __name__ == "__main__":
    main()
