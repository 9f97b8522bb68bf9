"""This module makes ``python -m digestgen`` the same as ``digestgen``."""

import sys

from digestgen.cli import main

if __name__ == "__main__":
    sys.exit(main())
