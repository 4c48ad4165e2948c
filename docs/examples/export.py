"""Write the suggested picks as XMP sidecars and as a list: ``python -m docs.examples.export FOLDER KEPT OUT``.

Sidecars go into OUT here; with ``out_dir=None`` they would lie beside the photos, as other programs want them.
"""

import sys
from contextlib import closing
from pathlib import Path

from core.export.carry_out import export
from core.export.kinds import ExportKind
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.review.suggestions import suggested_decisions
from docs.examples.engine import measured

folder, kept, out = map(Path, sys.argv[1:4])
shoot = measured(folder, kept)
picks = suggested_decisions(shoot.clusters.values(), shoot.decisions, reject_rest=True)
material = Material(list(shoot.photos.values()), picks, list(shoot.clusters_in_order()), folders=[folder])
with closing(ExportStore.open(kept / "exports.sqlite")) as journal:
    for kind in (ExportKind.XMP, ExportKind.PATHS):
        usual = ExportRequest.usual(kind)
        plan = plan_export(ExportRequest(kind, usual.selection, out_dir=out), material)
        result = export(list(plan), journal, title=kind.value)
        print(f"{kind.value}: {len(result.written)} written, {len(result.refused)} refused")
