"""What `python -m omnibase_core` runs."""

import sys

from omnibase_core.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
