"""Makes the training package importable from a checkout."""

import os
import sys
from pathlib import Path

# Threads that spin while they wait make small tensors very slow on a busy machine.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "models" / "training"))
