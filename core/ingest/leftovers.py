"""Folders that hold no photos of the user's but what programs, cameras, network drives and systems keep for themselves.

Hidden ones (with a dot before the name) are left out anyway. A folder that users may name so themselves, such as
"Trash", "Originals" or "Thumbs", is none of these: a photo that is not shown is worse than a thumbnail that is.
"""

import re

_NAMES = frozenset(
    {
        # bins, snapshots and thumbnails of network drives: Synology, QNAP, Netgear, Buffalo, Thecus, NetApp
        *(
            "@eadir",
            "@tmp",
            "@recycle",
            "@recently-snapshot",
            "@snapshot",
            "@sharesnap",
            "@__thumb",
            "@transcode",
        ),
        *("#recycle", "#snapshot", "recycle bin", "trashbox", "_nas_recycle_raid", "~snapshot"),
        # of systems: Windows, macOS, Linux, Android
        *("$recycle.bin", "recycler", "system volume information", "lost+found", "lost.dir"),
        *("__macosx", "resource.frk", "network trash folder", "temporary items"),
        "thmbnl",  # Sony's thumbnails
        "shortlist-pictures",  # of our own proof galleries
        *("[originals]", "corel auto-preserve"),  # as photos were before ACDSee and PaintShop edited them
    }
)
_SUFFIXES = (
    # Lightroom, Capture One
    *(".lrdata", ".lrcat-data", ".lrlibrary", ".cocatalog", ".cosessiondb"),
    # libraries of Apple's programs, which look like one file there
    *(
        ".photoslibrary",
        ".photolibrary",
        ".aplibrary",
        ".migratedphotolibrary",
        ".imovielibrary",
        ".tvlibrary",
    ),
    *(".fcpbundle", ".theater"),
)
_NUMBERED = re.compile(r"found\.\d{3}")  # what Windows' CHKDSK saved


def is_leftover(folder: str) -> bool:
    """Tell whether a folder of this name, in whatever case, is kept by a program rather than the user."""
    name = folder.casefold()
    return name in _NAMES or name.endswith(_SUFFIXES) or _NUMBERED.fullmatch(name) is not None
