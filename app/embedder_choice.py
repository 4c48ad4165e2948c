"""Which embedder the user chose: one line in a file of its own, so that no command has to wait for Qt to read it."""

from app.paths import Places
from core.sidecar.atomic_file import write_whole
from models.catalogue import DEFAULT_EMBEDDER


def chosen_embedder(where: Places) -> str:
    """The name of the embedder in use."""
    try:
        return where.embedder.read_text("utf-8").strip() or DEFAULT_EMBEDDER
    except (OSError, UnicodeDecodeError):
        return DEFAULT_EMBEDDER


def choose_embedder(where: Places, name: str) -> None:
    """Remembers the choice. Raises OSError."""
    if name == DEFAULT_EMBEDDER:
        where.embedder.unlink(missing_ok=True)
    else:
        write_whole(where.embedder, f"{name}\n".encode())
