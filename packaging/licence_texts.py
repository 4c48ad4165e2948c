"""The licence texts of all that the built program contains, one file a part, beside the program."""

import re
import shutil
from pathlib import Path

from app.notices import notices


def write_licences(folder: Path) -> Path:
    """Write the licence texts into a folder, emptied before; return it.

    Raises:
        LookupError: a part brings no licence text.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for notice in notices():
        text = notice.text()
        if not text:
            raise LookupError(f"{notice.name} brings no licence text; see resources/licences")
        name = re.sub(r"[^\w.-]+", "-", notice.name)
        (folder / f"{name}.txt").write_text(f"{notice.title}\n{notice.licence}\n\n{text}", "utf-8")
    return folder
