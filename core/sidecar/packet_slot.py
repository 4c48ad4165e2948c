"""The place of the XMP packet in a photo file, whatever the format, and how a packet is fitted into it."""

from typing import Protocol

from core.language import say
from core.sidecar.splices import Splice
from core.sidecar.xmp_packet import PacketError

FRESH_PADDING = 2048
"""Spaces left in a packet that had to grow: with them the next edit fits in place (Adobe's advice: 2 to 4 KB)."""

_SPACE = b" \t\r\n"
_TRAILER = b"<?xpacket end"
_HEADER = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
_END = b'\n<?xpacket end="w"?>'


class PacketSlot(Protocol):
    """Where a photo keeps its packet.

    Attributes:
        packet: the packet with its wrapper and padding, None where the photo has none; the first of several.
        largest: bytes a packet here may have.
        is_sole: it has no second packet.
        exif: where the TIFF structure of the photo's Exif data begins in the file; None where it has none.
    """

    @property
    def packet(self) -> bytes | None: ...  # noqa: D102 - see the class

    @property
    def largest(self) -> int: ...  # noqa: D102 - see the class

    @property
    def is_sole(self) -> bool: ...  # noqa: D102 - see the class

    @property
    def exif(self) -> int | None: ...  # noqa: D102 - see the class

    def put(self, packet: bytes) -> tuple[Splice, ...]:
        """Return the splices that put a packet here; of equal length, if the packet is as long as the former one.

        Raises:
            PacketError: it cannot be put here without harm to the rest of the file.
        """
        ...

    def with_exif(self, splices: tuple[Splice, ...]) -> tuple[Splice, ...]:
        """Return splices of equal length within the Exif data, with those of the checksum this format has over them."""
        ...


def wrapped(packet: bytes) -> bytes:
    """Wrap a new packet in what programs find it by in any file (XMP specification, part 1, 7.3)."""
    return _HEADER + packet + _END


def put_edited(slot: PacketSlot, edited: bytes) -> tuple[Splice, ...]:
    """Put an edited packet into the slot: in place if its padding allows, else larger, with fresh padding.

    Args:
        slot: where to.
        edited: the new packet; without wrapper where the photo had none.

    Raises:
        PacketError: as of ``PacketSlot.put``, or the packet is too large for this format.
    """
    if slot.packet is not None and (same_size := fit(edited, len(slot.packet))) is not None:
        return slot.put(same_size)
    for padding in (FRESH_PADDING, 0):
        grown = fit(edited, len(edited) + padding)
        if grown is not None and len(grown) <= slot.largest:
            return slot.put(grown)
    raise PacketError(
        say(
            "Its XMP would be larger than this format allows ({largest:,} bytes); use a sidecar instead.",
            largest=slot.largest,
        )
    )


def fit(packet: bytes, size: int) -> bytes | None:
    """Return the packet padded to a given size, more or less than before; None where it cannot be so small.

    Padding is the white space before the trailer of the wrapper; without a wrapper, that at the end.
    """
    at = packet.rfind(_TRAILER)
    body, trailer = (packet, b"") if at < 0 else (packet[:at], packet[at:])
    missing = size - len(packet)
    if missing >= 0:
        return body + b" " * missing + trailer
    if len(body) + missing < len(body.rstrip(_SPACE)):
        return None
    return body[:missing] + trailer
