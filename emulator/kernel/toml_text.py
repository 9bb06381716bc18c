"""TOML of a user: its tables, or what to mend in which line."""

import re
import tomllib
from typing import Any, Final

from emulator.kernel.errors import UsageError

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def parse_toml(text: str, name: str) -> dict[str, Any]:
    """The tables in a text.

    Args:
        text: of the file.
        name: of the file, as the user named it.

    Raises:
        UsageError: when it is no TOML, with the line, or nests deeper than a reader can follow.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        told = str(fault)
        place = _PLACE.search(told)
        line = place[1] if place and place[1] else str(text.count("\n") + 1)
        raise UsageError(f"{name}:{line}: no TOML: {_PLACE.sub('', told)}") from fault
    except ValueError as fault:
        raise UsageError(f"{name}: no TOML: a number of thousands of digits") from fault
    except RecursionError as fault:
        raise UsageError(f"{name}: no TOML: it nests too deep") from fault
