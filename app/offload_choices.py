"""The choices of the last copying from a card, so that the screen comes up with them."""

import json
from pathlib import Path

from PySide6.QtCore import QSettings

from app.export_choices import kept_metadata, metadata_from, naming_of
from core.offload.plan import ToCopy
from core.offload.request import OffloadRequest

_KEY = "offload"


def load_offload_choices(kept: QSettings) -> OffloadRequest:
    """Read the last choices, without cards; the usual ones where none can be read."""
    try:
        read = json.loads(str(kept.value(_KEY, "")))
        return OffloadRequest(
            (),
            tuple(Path(str(target)) for target in read["targets"]),
            ToCopy(read["which"]),
            naming_of(str(read["names"])),
            bool(read["together"]),
            metadata_from(read.get("metadata")),
        )
    except (ValueError, KeyError, TypeError):
        return OffloadRequest((), ())


def keep_offload_choices(kept: QSettings, request: OffloadRequest) -> None:
    """Write them down."""
    words = json.dumps(
        {
            "targets": [str(target) for target in request.targets],
            "which": request.which.value,
            "names": "" if request.naming is None else request.naming.template.text,
            "together": request.together,
            "metadata": kept_metadata(request.metadata),
        }
    )
    kept.setValue(_KEY, words)
    kept.sync()
