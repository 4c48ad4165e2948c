"""What each program reads, as one table: where decisions have to stand, and in which words.

The facts were read in the programs' sources, in files they wrote and in their manuals; where a program leaves
it to the user, the note says which setting is meant.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from core.language import mark
from core.sidecar.label_names import ENGLISH, LABEL_SETS, LabelSet
from core.sidecar.sidecar_names import SidecarNaming
from core.sidecar.xmp_namespaces import DIGIKAM_COLOR, DIGIKAM_PICK, PM_TAGGED, Name


class Rejects(StrEnum):
    """How a reject is written."""

    FLAG = "flag"  # pick -1; the stars stay in xmp:Rating
    RATING = "rating"  # and xmp:Rating -1; the stars are kept in our own namespace


class LabelNames(StrEnum):
    """By which texts a program knows colour labels."""

    USERS = "users"  # those of the user's language
    ENGLISH = "english"  # the five English words, in any language
    BRIDGE = "bridge"  # "Select", "Second", ...


class Container(StrEnum):
    """Photo formats into which decisions can be embedded without loss. Never HEIC, never a maker's RAW."""

    JPEG = "JPEG"
    TIFF = "TIFF"
    PNG = "PNG"
    DNG = "DNG"


_CONTAINERS = {
    **dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), Container.JPEG),
    **dict.fromkeys((".tif", ".tiff"), Container.TIFF),
    ".png": Container.PNG,
    ".dng": Container.DNG,
}


def container_of(path: Path) -> Container | None:
    """Return the format by the file's suffix; None where nothing is ever embedded."""
    return _CONTAINERS.get(path.suffix.lower())


@dataclass(frozen=True, slots=True)
class Profile:
    """What one program reads.

    Attributes:
        id: for the command line and for settings.
        name: for people.
        naming: how it names the sidecars it reads.
        rejects: how it knows a reject.
        label_names: by which texts it knows labels.
        embeds: formats in whose case it looks into the photo, not at a sidecar.
        sidecar_besides: it, or one of its kind, looks at a sidecar also where another embeds.
        adds: properties it needs that no other program does; written even where a file lacks them.
        note: what the user should know or set, in a sentence or two; "" for nothing.
    """

    id: str
    name: str
    naming: SidecarNaming = SidecarNaming.ADOBE
    rejects: Rejects = Rejects.FLAG
    label_names: LabelNames = LabelNames.USERS
    embeds: frozenset[Container] = field(default_factory=frozenset)
    sidecar_besides: bool = False
    adds: frozenset[Name] = field(default_factory=frozenset)
    note: str = ""

    def labels(self, users: LabelSet = ENGLISH) -> LabelSet:
        """Return the texts to write.

        Args:
            users: the user's label set.
        """
        match self.label_names:
            case LabelNames.USERS:
                return users
            case LabelNames.ENGLISH:
                return ENGLISH
            case LabelNames.BRIDGE:
                return LABEL_SETS["bridge"]


_ALL_CONTAINERS = frozenset(Container)

LIGHTROOM = Profile(
    "lightroom",
    "Lightroom Classic, Camera Raw",
    embeds=_ALL_CONTAINERS,
    note=mark(
        "Lightroom takes this over at import, or by Metadata > Read Metadata from File. "
        "It reads sidecars of RAW files only."
    ),
)
BRIDGE = Profile(
    "bridge",
    "Adobe Bridge",
    rejects=Rejects.RATING,
    label_names=LabelNames.BRIDGE,
    embeds=_ALL_CONTAINERS,
    note=mark("Bridge reads sidecars of RAW files only."),
)
CAPTURE_ONE = Profile(
    "capture-one",
    "Capture One",
    embeds=frozenset({Container.JPEG, Container.TIFF, Container.PNG, Container.DNG}),
    note=mark(
        "Turn on Preferences > Image > Auto Sync Sidecar XMP: Load. Capture One has no pick flag: filter by stars."
    ),
)
DARKTABLE = Profile(
    "darktable",
    "darktable",
    naming=SidecarNaming.FULL,
    rejects=Rejects.RATING,
    label_names=LabelNames.ENGLISH,
    note=mark(
        "darktable has no pick flag: filter by stars. It reads sidecars of every format when it imports."
    ),
)
DIGIKAM = Profile(
    "digikam",
    "digiKam",
    naming=SidecarNaming.FULL,
    label_names=LabelNames.ENGLISH,
    embeds=frozenset({Container.JPEG, Container.TIFF, Container.PNG}),
    adds=frozenset({DIGIKAM_PICK, DIGIKAM_COLOR}),
    note=mark("Turn on Settings > Metadata > Sidecars > Read from sidecar files, then reread the metadata."),
)
PHOTO_MECHANIC = Profile(
    "photo-mechanic",
    "Photo Mechanic",
    embeds=frozenset({Container.JPEG, Container.TIFF, Container.DNG}),
    adds=frozenset({PM_TAGGED}),
    note=mark("Picks arrive as tagged photos; rejects are untagged, as Photo Mechanic knows no rejects."),
)
RAWTHERAPEE = Profile(
    "rawtherapee",
    "RawTherapee",
    naming=SidecarNaming.FULL,
    label_names=LabelNames.ENGLISH,
    note=mark(
        "Turn on Preferences > File Browser: load rank and color from XMP sidecars. "
        "RawTherapee reads stars and labels, no flags."
    ),
)
IMMICH = Profile(
    "immich",
    "Immich",
    naming=SidecarNaming.FULL,
    rejects=Rejects.RATING,
    label_names=LabelNames.ENGLISH,
    note=mark("Immich shows stars and rejects, no labels; run the Sidecar Metadata job after the export."),
)
EVERYWHERE = Profile(
    "all",
    mark("All of these"),
    naming=SidecarNaming.BOTH,
    rejects=Rejects.RATING,
    embeds=_ALL_CONTAINERS,
    sidecar_besides=True,
    adds=frozenset({DIGIKAM_PICK, DIGIKAM_COLOR, PM_TAGGED}),
    note=mark(
        "Writes a sidecar under either name. Programs with no flags see rejects as rating -1; "
        "their stars are kept, and come back with the photo."
    ),
)

PROFILES = {
    profile.id: profile
    for profile in (
        LIGHTROOM,
        BRIDGE,
        CAPTURE_ONE,
        DARKTABLE,
        DIGIKAM,
        PHOTO_MECHANIC,
        RAWTHERAPEE,
        IMMICH,
        EVERYWHERE,
    )
}
"""By id, in the order of a menu; the first is the default."""

EMBEDDING_WARNING = mark(
    "Embedding writes into the photos themselves: it changes their metadata, never the picture. "
    "HEIC and RAW files other than DNG are never written to; they get sidecars."
)
"""What the user is told before embedding is turned on."""
