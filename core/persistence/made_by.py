"""What kept measures were made by: whatever else would make them now, they do not count."""

from typing import NamedTuple


class MadeBy(NamedTuple):
    """What made an analysis; kept measures and embeddings of anything else do not count.

    Attributes:
        measures: names the models and the code that measure.
        embedder_sha256: the embedder's weights.
        embedding_version: of the code that prepares a picture for the embedder.
        identity_sha256: the weights that tell people apart; "" where that is not wanted.
    """

    measures: str
    embedder_sha256: str
    embedding_version: int = 1
    identity_sha256: str = ""
