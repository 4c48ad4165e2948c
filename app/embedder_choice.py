"""Which embedder the user chose: one line in a file of its own, so that no command has to wait for Qt to read it."""

from app.paths import Places
from core.errors import ModelError
from core.files import read_file
from core.language import tr
from core.sidecar.atomic_file import target_of, write_whole
from models.catalogue import DEFAULT_EMBEDDER
from models.installed import EmbedderShelf


def chosen_embedder(where: Places) -> str:
    """Return the name of the embedder the user chose, whether installed or not."""
    try:
        return read_file(where.embedder).decode("utf-8").strip() or DEFAULT_EMBEDDER
    except (OSError, UnicodeDecodeError):
        return DEFAULT_EMBEDDER


def embedder_in_use(where: Places) -> tuple[str, str]:
    """Return the embedder to work with, and a sentence for the user where it is not the chosen one ("" where it is)."""
    chosen = chosen_embedder(where)
    try:
        EmbedderShelf(where.models).weights(chosen)
    except ModelError:
        return DEFAULT_EMBEDDER, tr(
            "The model {chosen}, which you chose to tell what looks alike, is not installed; {other} stands in for it."
        ).format(chosen=chosen, other=DEFAULT_EMBEDDER)
    return chosen, ""


def choose_embedder(where: Places, name: str) -> None:
    """Remember the choice. Raises OSError."""
    if name == DEFAULT_EMBEDDER:
        where.embedder.unlink(missing_ok=True)
    else:
        write_whole(target_of(where.embedder), f"{name}\n".encode())
