"""The models that come with Shortlist, as the pipeline takes them into its workers."""

from dataclasses import dataclass
from functools import cached_property

from models import manifest
from models.embedder import EfficientNetEmbedder
from models.face_detector import YuNetFaceDetector
from models.face_landmarker import MeshFaceLandmarker


class LoadedModels:
    """``core.protocols.Models``: each model is loaded when it is first asked for.

    A shoot without a face never loads the landmark model.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads

    @cached_property
    def embedder(self) -> EfficientNetEmbedder:
        """Looks alike. Raises ``core.errors.ModelError`` at first use."""
        return EfficientNetEmbedder(manifest.model_file("embedder"), self._threads)

    @cached_property
    def face_detector(self) -> YuNetFaceDetector:
        """Where the faces are. Raises ``core.errors.ModelError`` at first use."""
        return YuNetFaceDetector(manifest.model_file("face_detector"), self._threads)

    @cached_property
    def face_landmarker(self) -> MeshFaceLandmarker:
        """What a face does. Raises ``core.errors.ModelError`` at first use."""
        return MeshFaceLandmarker(manifest.model_file("face_landmarker"), self._threads)


@dataclass(frozen=True)
class BundledModels:
    """``core.protocols.ModelsFactory`` of the weights in this package.

    Attributes:
        threads: threads one model may use; 1 where a worker process runs on each core.
    """

    threads: int = 1

    @property
    def fingerprint(self) -> str:
        """Changes whenever any of the weights does. Raises ``core.errors.ModelError``."""
        return manifest.fingerprint()

    def __call__(self) -> LoadedModels:
        """The models, still unloaded. Raises ``core.errors.ModelError``."""
        manifest.manifest()
        return LoadedModels(self.threads)
