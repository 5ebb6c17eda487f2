"""Entry point of ``python -m austream_training``."""

import sys

from .commands import main

sys.exit(main())
