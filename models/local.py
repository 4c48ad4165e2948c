"""The models on this machine, as the pipeline takes them into its workers."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from core.language import say
from core.protocols import Embedder
from models import manifest
from models.catalogue import DEFAULT_EMBEDDER, find_embedder
from models.embedder import RECIPES
from models.face_detector import YuNetFaceDetector
from models.face_identity import SFaceIdentifier
from models.face_landmarker import MeshFaceLandmarker
from models.installed import EmbedderShelf, InstalledFile
from models.litert_landmarker import TASK_SHA256, LiteRtFaceLandmarker
from models.runtime import read_checked
from models.thing_detector import SsdThingDetector

_FACE_TASK = "SHORTLIST_FACE_TASK"  # the environment variable that names it


@dataclass(frozen=True)
class LocalModels:
    """``core.protocols.ModelsFactory``: the weights of this package, and the embedder the user chose.

    Attributes:
        threads: threads one model may use; 1 where a worker process runs on each core.
        identity: whether people are told apart.
        embedder: its name in the catalogue.
        folder: where embedders that do not ship with Shortlist are installed.
    """

    threads: int = 1
    identity: bool = True
    embedder: str = DEFAULT_EMBEDDER
    folder: Path = Path()

    @property
    def fingerprint(self) -> str:
        """A hash that changes whenever any of the weights but the embedder's does.

        Raises ``core.errors.ModelError``.
        """
        return manifest.fingerprint()

    @property
    def embedder_sha256(self) -> str:
        """The sha256 of the embedder's weights. Raises ``core.errors.ModelError`` where it is not installed."""
        return EmbedderShelf(self.folder).weights(self.embedder).sha256

    @property
    def identity_sha256(self) -> str:
        """The sha256 of the weights that tell people apart, "" where they are not.

        Raises ``core.errors.ModelError``.
        """
        return manifest.model_file("face_identity").sha256 if self.identity else ""

    def check(self) -> None:
        """Read all weights that a run may load, so that a damaged file is reported before anything is measured.

        Raises:
            ModelError: one is missing or damaged; says what to do.
        """
        weights = [EmbedderShelf(self.folder).weights(self.embedder)]
        weights += [
            manifest.model_file("face_detector"),
            _chosen_task() or manifest.model_file("face_landmarker"),
        ]
        if self.identity:
            weights.append(manifest.model_file("face_identity"))
        for each in weights:
            read_checked(each)

    def __call__(self) -> "LoadedModels":
        """Return the models, still unloaded. Raises ``core.errors.ModelError``."""
        manifest.manifest()
        return LoadedModels(self)


def _chosen_task() -> InstalledFile | None:
    """Return MediaPipe's own file, where the user wants faces read by Google's runtime; what it says is the same."""
    chosen = os.environ.get(_FACE_TASK)
    if not chosen:
        return None
    return InstalledFile(
        Path(chosen), TASK_SHA256, say("give {name} the right file, or none", name=_FACE_TASK)
    )


class LoadedModels:
    """``core.protocols.Models``: each model is loaded when it is first asked for.

    A shoot without a face never loads the landmark model.
    """

    def __init__(self, which: LocalModels) -> None:
        self._which = which

    @cached_property
    def embedder(self) -> Embedder:
        """What tells how alike pictures look. Raises ``core.errors.ModelError`` at first use."""
        entry = find_embedder(self._which.embedder)
        weights = EmbedderShelf(self._which.folder).weights(entry.name)
        return RECIPES[entry.recipe](weights, entry.side, self._which.threads)

    @cached_property
    def face_detector(self) -> YuNetFaceDetector:
        """What finds faces. Raises ``core.errors.ModelError`` at first use."""
        return YuNetFaceDetector(manifest.model_file("face_detector"), self._which.threads)

    @cached_property
    def face_landmarker(self) -> MeshFaceLandmarker:
        """What reads a face. Raises ``core.errors.ModelError`` at first use."""
        task = _chosen_task()
        if task is not None:
            return LiteRtFaceLandmarker(task, self._which.threads)
        return MeshFaceLandmarker(manifest.model_file("face_landmarker"), self._which.threads)

    @cached_property
    def thing_detector(self) -> SsdThingDetector:
        """What finds things. Raises ``core.errors.ModelError`` at first use."""
        return SsdThingDetector(manifest.model_file("thing_detector"), self._which.threads)

    @cached_property
    def face_identifier(self) -> SFaceIdentifier | None:
        """What tells whose a face is, None where that is not wanted. Raises ``core.errors.ModelError`` at first use."""
        if not self._which.identity:
            return None
        return SFaceIdentifier(manifest.model_file("face_identity"), self._which.threads)
