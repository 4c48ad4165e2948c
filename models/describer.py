"""Photos and descriptions as vectors that are near where they are about the same: CLIP, Radford et al. (2021)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.errors import ModelError
from core.language import say
from core.protocols import RgbImage
from models.catalogue import DescriberEntry, Download, describers
from models.installed import EmbedderShelf, InstalledFile
from models.runtime import open_session
from models.tokenizer import ClipTokenizer

if TYPE_CHECKING:
    import onnxruntime

# Of the photos CLIP was trained on, in fractions of full scale.
_MEAN = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
_SPREAD = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)


class ClipDescriber:
    """Two towers, image and text; ``core.protocols.Describer``.

    Args:
        entry: in the catalogue.
        shelf: where its files lie.
        threads: one call may use.

    Raises:
        ModelError: it is not installed, or a file is not what it should be.
    """

    def __init__(self, entry: DescriberEntry, shelf: EmbedderShelf, threads: int = 1) -> None:
        image, text, tokenizer = (_file(each, entry, shelf) for each in entry.downloads)
        self._sha256, self._side, self._name = image.sha256, entry.side, entry.name
        self._tokenizer = ClipTokenizer(tokenizer)
        self._image = open_session(image, threads)
        self._text = open_session(text, threads)

    @property
    def sha256(self) -> str:
        """The sha256 of the image tower's weights."""
        return self._sha256

    def embed(self, image: RgbImage) -> NDArray[np.float32]:
        """Return what a picture of any size shows, float32, shape (D,), of length 1.

        Its shorter side is scaled to that of the square, of which the middle is looked at, as in training.
        """
        picture = Image.fromarray(image)
        scale = self._side / min(picture.size)
        width, height = (max(self._side, round(side * scale)) for side in picture.size)
        left, top = (width - self._side) // 2, (height - self._side) // 2
        scaled = picture.resize((width, height), Image.Resampling.BICUBIC)
        square = np.asarray(scaled.crop((left, top, left + self._side, top + self._side)), np.float32)
        pixels = np.asarray((square / 255 - _MEAN) / _SPREAD, np.float32)
        return self._run(self._image, "image_embeds", {"pixel_values": pixels.transpose(2, 0, 1)[np.newaxis]})

    def embed_text(self, text: str) -> NDArray[np.float32]:
        """Return what a description means, float32, shape (D,), of length 1."""
        numbers = np.array([self._tokenizer.numbers(text)], np.int64)
        given = {each.name for each in self._text.get_inputs()}
        inputs: dict[str, NDArray[Any]] = {"input_ids": numbers}
        if "attention_mask" in given:  # some exports have it
            inputs["attention_mask"] = np.ones_like(numbers)
        return self._run(self._text, "text_embeds", inputs)

    def _run(
        self, session: "onnxruntime.InferenceSession", output: str, inputs: Mapping[str, NDArray[Any]]
    ) -> NDArray[np.float32]:
        try:
            (vectors,) = session.run(
                [output], {name: np.ascontiguousarray(each) for name, each in inputs.items()}
            )
        except Exception as error:  # onnxruntime's own errors share no other base
            raise ModelError(
                say("The model {file} does not work ({cause}).", file=self._name, cause=error)
            ) from error
        vector = np.asarray(vectors[0], np.float32)
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), np.float32)


def is_installed(entry: DescriberEntry, shelf: EmbedderShelf) -> bool:
    """Tell whether all files of a describer are there."""
    return all((shelf.folder / each.file).is_file() for each in entry.downloads)


def installed_describer(shelf: EmbedderShelf) -> ClipDescriber:
    """Return the describer that is installed.

    Raises:
        ModelError: none is, or its files are damaged; says what to do.
    """
    entries = describers()
    entry = next((each for each in entries if is_installed(each, shelf)), entries[0])
    return ClipDescriber(entry, shelf)


def _file(download: Download, entry: DescriberEntry, shelf: EmbedderShelf) -> InstalledFile:
    path = shelf.folder / download.file
    if not path.is_file():
        raise ModelError(
            say(
                "Photos can be found by a description once the model {title} is installed: in the settings, or by "
                "`shortlist models install {name}`.",
                title=entry.title,
                name=entry.name,
            )
        )
    remedy = say("run `shortlist models remove {name}` and install it again", name=entry.name)
    return InstalledFile(path, download.sha256, remedy)
