"""What the colour labels are called where one can be chosen, or is named alone."""

from collections.abc import Mapping

from core.language import mark
from core.types import Label

LABEL_NAMES: Mapping[Label, str] = {
    Label.NONE: mark("No label"),
    Label.RED: mark("Red"),
    Label.YELLOW: mark("Yellow"),
    Label.GREEN: mark("Green"),
    Label.BLUE: mark("Blue"),
    Label.PURPLE: mark("Purple"),
}
"""To be translated."""
