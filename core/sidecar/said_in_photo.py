"""What a photo itself says already of creator, rights, place and caption: in XMP, in IPTC records or in Exif."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from core.files import open_file
from core.ingest.capture_time import iptc_blocks
from core.ingest.exif_tags import read_tags
from core.ingest.iptc import iptc_numbers
from core.ingest.jpeg_segments import read_header
from core.sidecar.embedded_reader import embedded_packet
from core.sidecar.metadata_fields import FIELDS, Form, MetadataField
from core.sidecar.xmp_contact import parts_of
from core.sidecar.xmp_fill import is_empty
from core.sidecar.xmp_namespaces import CONTACT
from core.sidecar.xmp_packet import PacketError, parse

# What cameras write as a caption where nobody wrote one.
_NO_CAPTION = re.compile(r"[a-z]*(digital(still)?camera|dsc)|default|exifjpegpicture|untitled", re.ASCII)
_NO_LETTERS = re.compile(r"[^a-z]+")


def fields_said(files: Iterable[Path]) -> frozenset[str]:
    """Return the words of the fields in which any of the files says something; keywords are never among them.

    A file that cannot be read or understood says nothing.
    """
    return frozenset(word for file in files for word in _said(file))


def _said(path: Path) -> set[str]:
    try:
        with open_file(path) as stream:
            head = read_header(stream)
            if not head:
                return set()
            tags = read_tags(stream, head)
            records = {number for block in iptc_blocks(stream, head, tags) for number in iptc_numbers(block)}
            stream.seek(0)
            words = _said_in_packet(stream)
    except OSError:
        return set()
    for field in FIELDS:
        text = tags.text(field.exif).strip() if field.exif else ""
        if field.record in records or (text and not _is_nobodys(field, text)):
            words.add(field.word)
    return words - {field.word for field in FIELDS if field.form is Form.ADDED}


def _is_nobodys(field: MetadataField, text: str) -> bool:
    """Tell whether that is what a camera writes as a caption by itself."""
    return field.is_long and _NO_CAPTION.fullmatch(_NO_LETTERS.sub("", text.lower())) is not None


def _said_in_packet(stream: BinaryIO) -> set[str]:
    try:
        data = embedded_packet(stream)
        if not data:
            return set()
        packet = parse(data)
        contact = parts_of(data, packet.find(CONTACT))
    except PacketError:
        return set()
    return {
        field.word
        for field in FIELDS
        if (
            contact.get(field.name.local, b"").strip()
            if field.form is Form.PART
            else not is_empty(data, packet, field.name)
        )
    }
