"""The copy that is kept of a sidecar before Shortlist first changes it, and its name."""

import os
from hashlib import blake2b
from pathlib import Path

BACKUP_SUFFIX = ".shortlist-backup"

_LONGEST = 255  # bytes of a name that every common disk takes
_KEPT = 120  # bytes of a sidecar's own name in the name of its backup, where both together would be too long


def backup_of(sidecar: Path) -> Path:
    """Name the backup of a sidecar: its own name with a suffix, or a shortened one where that would be too long."""
    whole = sidecar.name + BACKUP_SUFFIX
    name = os.fsencode(sidecar.name)
    if len(name) + len(BACKUP_SUFFIX) <= _LONGEST:
        return sidecar.with_name(whole)
    digest = blake2b(name, digest_size=8).hexdigest()
    start = name[:_KEPT].decode(errors="ignore")
    return sidecar.with_name(f"{start}~{digest}{BACKUP_SUFFIX}")
