"""Numbers of a trace file, whose decimal sign is a point or a comma, but not both."""

import re
from collections.abc import Iterable
from enum import Enum
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,20}\.?\d{0,20}|\.\d{1,20})(?:[eE][+-]?\d{1,2})?")


class Decimal(Enum):
    """The decimal sign of a file."""

    POINT = "."
    COMMA = ","


def decimal_sign(texts: Iterable[str]) -> Decimal:
    """The decimal sign that most numbers of a file have; a point when none says."""
    commas = points = 0
    for text in texts:
        commas += "," in text
        points += "." in text
    return Decimal.COMMA if commas > points else Decimal.POINT


def number(text: str, sign: Decimal = Decimal.POINT) -> float | None:
    """The finite number that `text` is; None when it is none, or has the other decimal sign."""
    bare = text.strip()
    if sign is Decimal.COMMA:
        if "." in bare:
            return None
        bare = bare.replace(",", ".")
    return float(bare) if _NUMBER.fullmatch(bare) else None


def why_no_number(text: str, sign: Decimal) -> str:
    """What is wrong with a text that is no number, in words that help."""
    bare = text.strip()
    if "," in bare and "." in bare:
        return f"{bare!r} has a point and a comma: expected one decimal sign and no thousands"
    other = "." if sign is Decimal.COMMA else ","
    if other in bare and number(bare.replace(other, sign.value), sign) is not None:
        return f"{bare!r} has {other!r}, other numbers of this file {sign.value!r}"
    return f"{bare[:40]!r} is no number"
