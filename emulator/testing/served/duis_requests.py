"""The published templates of service requests, as parameters by name (DUIS 5.4)."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RequestTemplate:
    """One published template.

    Args:
        name: of its file.
        srv: service reference variant.
        variant: command variant.
        target: of its request id, 16 hexadecimal digits.
        parameters: of its body, nested as there; an element without content is an empty text.
    """

    name: str
    srv: str
    variant: int
    target: str
    parameters: Mapping[str, object]


def request_templates(folder: Path) -> tuple[RequestTemplate, ...]:
    """The templates of a folder, by name."""
    return tuple(_template(path) for path in sorted(folder.glob("*.XML")))


def _template(path: Path) -> RequestTemplate:
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - the published templates, read in tests
    header, body = _child(root, "Header"), _child(root, "Body")
    inner = _content(body[0]) if len(body) else {}
    request_id = _text(header, "RequestID")
    return RequestTemplate(
        path.name,
        _text(header, "ServiceReferenceVariant"),
        int(_text(header, "CommandVariant")),
        request_id.split(":")[1].replace("-", ""),
        inner if isinstance(inner, Mapping) else {},
    )


def _child(element: ET.Element, name: str) -> ET.Element:
    return next(each for each in element if _name(each) == name)


def _text(element: ET.Element, name: str) -> str:
    return (_child(element, name).text or "").strip()


def _name(element: ET.Element) -> str:
    return re.sub("{.*}", "", element.tag)


def _content(element: ET.Element) -> object:
    """Text, or what is inside by name; elements of one name become a list.

    An element that has attributes is its parts and those, with its text as `value`.
    """
    text = (element.text or "").strip()
    if not len(element) and not element.attrib:
        return text
    found: dict[str, object] = {**element.attrib, **({"value": text} if text else {})}
    for each in element:
        name, value = _name(each), _content(each)
        held = found.get(name)
        if name not in found:
            found[name] = value
        elif isinstance(held, list):
            held.append(value)
        else:
            found[name] = [held, value]
    return found
