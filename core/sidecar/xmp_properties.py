"""Editing a packet by replacing only the bytes of the values that change; every other byte stays."""

from collections.abc import Mapping

from core.language import say
from core.sidecar.splices import Splice, apply
from core.sidecar.xmp_namespaces import USUAL_PREFIXES, Name
from core.sidecar.xmp_packet import Description, Packet, PacketError, escape, parse

Changes = Mapping[Name, str | None]
"""New value by property; None removes the property, also a list."""


def set_properties(data: bytes, packet: Packet, changes: Changes) -> bytes:
    """Set and remove properties of the picture.

    A value is replaced where it stands, attribute or element, under whatever prefix; what the file says a
    second time is dropped; what is missing is added as attributes of one Description, set like its others.
    The result is read again and compared with what was meant.

    Args:
        data: a whole sidecar.
        packet: what ``parse`` found in it.
        changes: what to change; everything else is left as it is.

    Returns:
        The edited bytes; ``data`` itself where nothing had to change.

    Raises:
        PacketError: the packet cannot be edited without loss.
    """
    splices = find_splices(packet, changes)
    if not splices:
        return data
    result = apply(data, splices)
    _check(data, packet, result, changes)
    return result


def find_splices(packet: Packet, changes: Changes) -> tuple[Splice, ...]:
    """Return the splices that carry out the changes, by position, none overlapping another.

    Raises:
        PacketError: a property to be set is no plain text in this file, or one to be removed a structure.
    """
    splices = []
    missing: dict[Name, str] = {}
    for name, value in changes.items():
        found = packet.find(name)
        if any(one.value is None and (value is not None or not one.items) for one in found):
            raise PacketError(
                say("Its {name} is not plain text, so it cannot be replaced without loss.", name=name)
            )
        if value is not None and found:
            kept = found.pop(0)
            if kept.value != value:
                splices.append(Splice(*kept.inner, kept.replacement(value)))
        elif value is not None:
            missing[name] = value
        splices += [Splice(*repeated.whole, b"") for repeated in found]
    if missing:
        splices.append(_insertion(packet, missing))
    return tuple(sorted(splices))


def _insertion(packet: Packet, missing: Mapping[Name, str]) -> Splice:
    """Return all missing properties as attributes of the Description that knows most of their namespaces."""
    namespaces = {name.namespace for name in missing}
    home = max(packet.descriptions, key=lambda one: len(namespaces & _usable(one).keys()))
    prefixes = _usable(home)
    declarations, attributes = [], []
    for name, value in missing.items():
        if name.namespace not in prefixes:
            prefix = _free_prefix(USUAL_PREFIXES[name.namespace], {*home.prefixes, *prefixes.values()})
            prefixes[name.namespace] = prefix
            declarations.append((f"xmlns:{prefix}", name.namespace))
        attributes.append((f"{prefixes[name.namespace]}:{name.local}", value))
    text = b"".join(
        b"%s%s=%s%s%s" % (home.space, key.encode(), home.quote, escape(value), home.quote)
        for key, value in (*declarations, *attributes)
    )
    return Splice(home.end, home.end, text)


def _usable(description: Description) -> dict[str, str]:
    """Return the prefixes by namespace; without the default namespace, which does not count for attributes."""
    return {uri: prefix for prefix, uri in description.prefixes.items() if prefix}


def _free_prefix(wanted: str, taken: set[str]) -> str:
    """Return the usual prefix, numbered where the file uses it for something else."""
    candidates = (wanted, *(f"{wanted}{number}" for number in range(1, len(taken) + 1)))
    return next(prefix for prefix in candidates if prefix not in taken)


def _check(data: bytes, before: Packet, result: bytes, changes: Changes) -> None:
    """Make sure that the result says what was meant, and of everything else the same as before."""
    try:
        after = parse(result)
    except PacketError as error:
        raise PacketError(say("It cannot be edited without harm; it was left as it is.")) from error
    meant = all(
        [found.value for found in after.find(name)] == ([] if value is None else [value])
        for name, value in changes.items()
    )
    if not meant or _others(data, before, changes) != _others(result, after, changes):
        raise PacketError(say("It cannot be edited without harm; it was left as it is."))


def _others(data: bytes, packet: Packet, changes: Changes) -> list[tuple[Name, bytes]]:
    return [
        (found.name, data[slice(*found.inner)]) for found in packet.properties if found.name not in changes
    ]
