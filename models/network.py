"""What all models of one weight file share: the file is checked and opened, and named by its hash."""

from typing import TYPE_CHECKING, ClassVar

from models.runtime import ModelWeights, open_session

if TYPE_CHECKING:
    import onnxruntime


class Network:
    """One network, ready to run.

    Attributes:
        white: the value of white in what it takes.
    """

    white: ClassVar[float] = 1.0

    def __init__(self, weights: ModelWeights, threads: int = 1) -> None:
        """Load the weights.

        Args:
            weights: of this very network.
            threads: threads a call may use.

        Raises:
            ModelError: the weights cannot be used.
        """
        self._weights = weights
        self._session: onnxruntime.InferenceSession = open_session(weights, threads, self.white)

    @property
    def sha256(self) -> str:
        """The sha256 of the weights."""
        return self._weights.sha256
