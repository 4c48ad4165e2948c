"""Print what was measured of each photo: ``python -m docs.examples.measure FOLDER KEPT``."""

import sys
from pathlib import Path

from docs.examples.engine import measured

shoot = measured(Path(sys.argv[1]), Path(sys.argv[2]))
for photo in shoot.photos.values():
    if one := shoot.analyses.get(photo.id):
        facts = f"sharpness {one.sharpness.score:.2f}, mean brightness {one.exposure.mean:.2f}, faces {len(one.faces)}"
        print(f"{photo.path.name}: {facts}")
for failure in shoot.failures:
    print(f"{failure.path.name}: {failure.reason}", file=sys.stderr)
