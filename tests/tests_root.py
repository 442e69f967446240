"""Where things lie."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
ALASKA = ROOT / "data" / "alaska-summit"
TORMEY = ROOT / "data" / "tormey-ferry"
ANNOTATIONS = Path(__file__).parent / "annotations"
