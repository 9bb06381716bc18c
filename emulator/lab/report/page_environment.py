"""The templates of pages with the words and pictures that all pages share; all is escaped."""

import base64
import re
from typing import Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from emulator.kernel.identity import format_eui64
from emulator.kernel.units import format_duration

_OCTETS: Final = re.compile("[0-9A-Fa-f]{2}([-: ]?[0-9A-Fa-f]{2}){5,}")
"""Six octets or more: as long as the shortest install code."""


def page_environment(*packages: str) -> Environment:
    """The templates of packages, those of the first before equal names of later ones.

    Args:
        packages: each with a folder `templates`.
    """
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "duration": _duration,
        "clock": _clock,
        "eui64": format_eui64,
        "nwk": lambda address: "none" if address is None else f"0x{address:04X}",
        "count": lambda number: f"{number:,}",
        "short": _short,
        "image": _image,
    }
    environment.tests["key_material"] = _is_key_material
    return environment


def _duration(microseconds: float) -> str:
    """A length of time, to the millisecond when it is a second or more."""
    whole = round(microseconds)
    return format_duration(whole if whole < 1_000_000 else round(whole, -3)).replace("us", "µs")


def _clock(microseconds: int) -> str:
    """An instant of virtual time in seconds, to the millisecond."""
    return f"{microseconds / 1_000_000:,.3f}"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _image(svg: str) -> str:
    """An SVG document as a data URI: an image runs no script and fetches nothing."""
    octets = svg.encode("utf-8", "backslashreplace")
    return f"data:image/svg+xml;base64,{base64.b64encode(octets).decode()}"


def _is_key_material(name: str, value: str) -> bool:
    """Whether a setting is an install code or a key, which the page names without showing it."""
    if name.endswith("install_code"):
        return True
    return name.endswith("key") and _OCTETS.fullmatch(value.strip()) is not None
