"""Packets that are only read, never edited: understood even where they are too odd to be edited without loss."""

import codecs
import re

from core.sidecar.xmp_packet import Packet, PacketError, parse

_WIDE = (  # by how a file begins: byte order marks first, then a "<" in so many bytes
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""\s*<\?xml[^>]*encoding=["'](iso-8859-1|windows-1252|us-ascii)["']""", re.IGNORECASE
)
_ROOT = re.compile(rb"<((?:[\w.-]+:)?(?:xmpmeta|xapmeta|RDF))\b")


def parse_to_read(data: bytes) -> Packet:
    """Find the properties of a packet that nobody means to edit.

    What ``parse`` refuses for fear of loss is read here: UTF-16, text before and behind the packet, the first of two.

    Raises:
        PacketError: it cannot be understood; the reason is that of ``parse``.
    """
    try:
        return parse(data)
    except PacketError as error:
        alone = _first_alone(data)
        if alone is None or alone == data:
            raise
        try:
            return parse(alone)
        except PacketError:
            raise error from None


def _first_alone(data: bytes) -> bytes | None:
    """Return the first packet in UTF-8, without what stands around it; None where there is none that is whole."""
    text = _in_utf8(data)
    root = _ROOT.search(text)
    if root is None or b"<!DOCTYPE" in text[: root.start()]:
        return None
    end = re.compile(rb"</%s\s*>" % re.escape(root.group(1))).search(text, root.end())
    return None if end is None else text[root.start() : end.end()]


def _in_utf8(data: bytes) -> bytes:
    encoding = next((name for start, name in _WIDE if data.startswith(start)), None)
    if encoding is None and (declared := _DECLARED.match(data)):
        encoding = declared.group(1).decode()
    return data if encoding is None else data.decode(encoding, "replace").encode("utf-8", "replace")
