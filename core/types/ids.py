"""What names things: photos, groups, scenes."""

from typing import NewType

PhotoId = NewType("PhotoId", str)
"""Names one photo on this machine; see ``core.ingest.scanner.photo_id``."""


ClusterId = NewType("ClusterId", str)


SceneId = NewType("SceneId", str)
