"""The twentieth digit of a top-up token: Verhoeff's algorithm as GBCS starts it (GBCS 14.8)."""

from typing import Final

_FIRST_ROW: Final = 4
"""GBCS starts reading from the left in this row (GBCS 14.8)."""
_PERMUTATION: Final = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
"""Row 1 of Table 14.8a; each further row applies it once more."""
_INVERSE_ROW: Final = (1, 2, 6, 7, 5, 8, 3, 0, 9, 4)
"""Table 14.8c: the digit that an interim digit becomes at the end."""
_ROWS: Final = 8


def _permutations() -> tuple[tuple[int, ...], ...]:
    """Table 14.8a."""
    rows = [tuple(range(10))]
    for _ in range(_ROWS - 1):
        rows.append(tuple(_PERMUTATION[digit] for digit in rows[-1]))
    return tuple(rows)


def _product(left: int, right: int) -> int:
    """Table 14.8b: the product of two elements of the dihedral group of the pentagon."""
    turns = (left + right) % 5 if left < 5 else (left - right) % 5
    return turns + 5 * ((left >= 5) != (right >= 5))


_TABLE: Final = _permutations()


def check_digit(digits: str) -> str:
    """The digit that goes after `digits`, which are decimal and of any number."""
    interim, row = 0, _FIRST_ROW
    for digit in digits:
        interim = _product(interim, _TABLE[row][int(digit)])
        row = (row + 1) % _ROWS
    return str(_INVERSE_ROW[interim])
