"""What Windows and macOS want to be told about a program, for the PyInstaller spec."""

import re
from typing import Any

_NAME = "Shortlist"
_COPYRIGHT = "The Shortlist contributors. MIT licence."
_ABOUT = "Culls a photo shoot on your own machine"
_US_ENGLISH, _UNICODE = 0x0409, 1200  # of the version resource's table


def info_plist(version: str) -> dict[str, Any]:
    """Return what macOS is told: the program opens folders dropped on its icon, and asks for them in its own words."""
    return {
        "CFBundleDisplayName": _NAME,
        "CFBundleShortVersionString": version,
        "LSApplicationCategoryType": "public.app-category.photography",
        "NSHumanReadableCopyright": _COPYRIGHT,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Folder of photos",
                "CFBundleTypeRole": "Viewer",
                "LSItemContentTypes": ["public.folder"],
                "LSHandlerRank": "Alternate",  # Finder remains the program that opens folders
            }
        ],
        **{
            f"NS{place}UsageDescription": "Shortlist reads the photos you open from here."
            for place in (
                "DesktopFolder",
                "DocumentsFolder",
                "DownloadsFolder",
                "RemovableVolumes",
                "NetworkVolumes",
            )
        },
    }


def windows_version(version: str) -> Any:
    """Return what stands in the program's properties on Windows."""
    from PyInstaller.utils.win32 import versioninfo as info

    numbers = tuple([*map(int, re.findall(r"\d+", version)), 0, 0, 0, 0][:4])
    words = {
        "FileDescription": f"{_NAME}: {_ABOUT}",
        "FileVersion": version,
        "LegalCopyright": _COPYRIGHT,
        "OriginalFilename": "shortlist.exe",
        "ProductName": _NAME,
        "ProductVersion": version,
    }
    table = info.StringTable(
        f"{_US_ENGLISH:04x}{_UNICODE:04x}", [info.StringStruct(key, value) for key, value in words.items()]
    )
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            info.StringFileInfo([table]),
            info.VarFileInfo([info.VarStruct("Translation", [_US_ENGLISH, _UNICODE])]),
        ],
    )
