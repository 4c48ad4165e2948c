"""Those who find, in threads of their own, what the large views show beside a photo and over it."""

from dataclasses import dataclass

from ui.imaging.arguments import Arguments
from ui.imaging.casts import Casts
from ui.imaging.face_crops import FaceCrops
from ui.imaging.laid_over import Layers
from ui.imaging.raw_truths import RawTruths
from ui.imaging.registrations import Registrations


@dataclass(frozen=True, slots=True)
class Finders:
    """They belong to whoever made them, who shuts them down.

    Attributes:
        crops: cuts faces out.
        casts: knows who is in a burst.
        registrations: knows how frames lie over each other.
        layers: lays them there.
        arguments: knows why frames win and lose.
        raws: knows what RAWs themselves hold.
    """

    crops: FaceCrops
    casts: Casts
    registrations: Registrations
    layers: Layers
    arguments: Arguments
    raws: RawTruths

    def shutdown(self) -> None:
        """End their threads, waiting a bounded time."""
        self.crops.shutdown()
        self.casts.shutdown()
        self.registrations.shutdown()
        self.layers.shutdown()
        self.arguments.shutdown()
        self.raws.shutdown()
