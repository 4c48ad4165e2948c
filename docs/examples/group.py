"""Print scenes and their groups: ``python -m docs.examples.group FOLDER KEPT``."""

import sys
from pathlib import Path

from docs.examples.engine import measured

shoot = measured(Path(sys.argv[1]), Path(sys.argv[2]))
for number, scene in enumerate(shoot.scenes.values(), 1):
    print(f"Scene {number}, from {scene.starts_at}")
    for cluster in (shoot.clusters[cluster_id] for cluster_id in scene.cluster_ids):
        names = (shoot.photos[photo_id].path.name for photo_id in cluster.photo_ids)
        print(f"  {cluster.kind.value}: {' '.join(names)}")
