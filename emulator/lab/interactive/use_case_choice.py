"""The use case that a person names: by its number in GBCS, or by its message code."""

import re
from difflib import get_close_matches
from typing import Final

from emulator.gbcs.use_cases.catalogue import known_use_case, named_use_cases, use_cases
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

_CODE: Final = re.compile(r"(?:0[xX])?([0-9A-Fa-f]{4})")


def chosen_use_case(text: str, kind: str | None = None) -> UseCase:
    """The use case of a number (`ECS17b`) or a message code (`0027`).

    Args:
        text: as a person writes it; capitals make no difference.
        kind: type of the device it is for, which chooses where a number has several codes.

    Raises:
        UsageError: when there is none, there are several, or it is not for such a device.
    """
    found = _by_code(text) or _by_name(text)
    if not found:
        raise UsageError(f"no use case is called {text!r}{_alike(text)}")
    if kind is None and len(found) == 1:
        return found[0]
    fit = found if kind is None else tuple(each for each in found if kind in each.devices)
    if not fit:
        known = sorted({device for each in found for device in each.devices})
        told = ", ".join(known) or "none that is known"
        raise UsageError(f"{found[0]} is not for {kind}: expected {told}")
    if len(fit) > 1:
        codes = ", ".join(f"{each.code:04X} {each.title}" for each in fit)
        raise UsageError(f"{text} has several message codes: expected one of {codes}")
    return fit[0]


def called(use_case: UseCase) -> str:
    """How a person names a use case: by its number, or where that is not enough by its code."""
    code = f"{use_case.code:04X}"
    if use_case.name is None or len(named_use_cases(use_case.name)) > 1:
        return code
    return use_case.name


def _by_code(text: str) -> tuple[UseCase, ...]:
    match = _CODE.fullmatch(text)
    known = None if match is None else known_use_case(int(match[1], 16))
    return () if known is None else (known,)


def _by_name(text: str) -> tuple[UseCase, ...]:
    wanted = text.lower()
    names = {each.name for each in use_cases() if each.name and each.name.lower() == wanted}
    return tuple(each for name in names for each in named_use_cases(name))


def _alike(text: str) -> str:
    known = {each.name.lower(): each.name for each in use_cases() if each.name}
    alike = [known[each] for each in get_close_matches(text.lower(), known, cutoff=0.5)]
    if not alike:
        return ": see `hanlab list usecases`"
    return f": expected one like {', '.join(alike)}; see `hanlab list usecases`"
