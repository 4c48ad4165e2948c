"""Print the best frame of each burst with its reasons: ``python -m docs.examples.pick FOLDER KEPT``."""

import sys
from pathlib import Path

from core.ranking.reasons import in_words
from docs.examples.engine import measured

shoot = measured(Path(sys.argv[1]), Path(sys.argv[2]))
for cluster in shoot.clusters_in_order():
    if cluster.suggested_pick is not None:
        name = shoot.photos[cluster.suggested_pick].path.name
        print(f"{name} ({cluster.sureness.value}): {'; '.join(map(in_words, cluster.reasons))}")
