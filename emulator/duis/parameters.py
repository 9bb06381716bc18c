"""What the body of a request says, as parameters of the DCC (DUIS 5.4).

Names and nesting are those of the body. An element that repeats is a list; one that has attributes
is its parts and those, with its text as `value`.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from emulator.duis.refusal import DuisRefusal
from emulator.duis.tree import Node
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import parse_eui64

_LIFTED: Final = frozenset(("AddDeviceToCHFWhitelist",))
"""Groups whose parts the DCC knows without the group."""


def parameters(body: Node) -> Mapping[str, object]:
    """The parameters that a body gives.

    Raises:
        DuisRefusal: when a value is not what DUIS has in its place.
    """
    content = _content(body)
    given = dict(content) if isinstance(content, Mapping) else {}
    for group in _LIFTED & given.keys():
        inner = given.pop(group)
        given |= inner if isinstance(inner, Mapping) else {}
    for name in _CONVERTED.keys() & given.keys():
        given[name] = _CONVERTED[name](given[name])
    return MappingProxyType(given)


def base64_octets(text: object) -> bytes:
    """The octets that an element of base64Binary says.

    Raises:
        DuisRefusal: when it is none.
    """
    try:
        return base64.b64decode("".join(str(text).split()), validate=True)
    except (binascii.Error, ValueError):
        raise DuisRefusal("no octets in base64") from None


def _content(node: Node) -> object:
    if not node.parts and not node.attributes:
        return node.text
    found: dict[str, object] = dict(node.attributes)
    if node.text:
        found["value"] = node.text
    for part in node.parts:
        value, held = _content(part), found.get(part.name)
        if part.name not in found:
            found[part.name] = value
        elif isinstance(held, list):
            held.append(value)
        else:
            found[part.name] = [held, value]
    return found


def _whole(value: object) -> object:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise DuisRefusal(f"{text[:20]!r}, expected a number")
    return int(text)


def _device(value: object) -> object:
    """One that is no EUI-64 stays as it is, and is refused where it is looked up."""
    try:
        return parse_eui64(value) if isinstance(value, str) else value
    except UsageError:
        return value


_CONVERTED: Final[Mapping[str, Callable[[object], object]]] = MappingProxyType(
    {
        "DSPScheduleID": _whole,
        "DeviceGBCSResponse": base64_octets,
        "FirmwareImage": base64_octets,
        "DeviceID": _device,
        "OtherDeviceID": _device,
    }
)
"""Values that the DCC has in another form than text."""
