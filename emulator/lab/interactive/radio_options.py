"""The words of `--radio NAME=KIND:PLACE` for a home that people talk to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import load, names

_SIMULATED: Final = "simulated"
_AT_ONCE: Final = "max"
_REAL: Final = "real"


@dataclass(frozen=True, slots=True)
class RadioOptions:
    """The radios of a home that are not simulated.

    Args:
        urls: by the name of the device, or `hub`.
        real: whether one of them is on the real air, where time passes as it does.
    """

    urls: Mapping[str, str] = field(default_factory=dict)
    real: bool = False

    @property
    def speed(self) -> str:
        """How fast time passes."""
        return _REAL if self.real else _AT_ONCE


def read_radios(words: Iterable[str]) -> RadioOptions:
    """The radios that somebody names.

    Raises:
        UsageError: with every word that names none, or a kind that no package brings.
    """
    urls: dict[str, str] = {}
    problems: list[str] = []
    real = False
    for word in words:
        name, mark, url = word.partition("=")
        if not name or not mark or name in urls:
            problems.append(f"--radio {word}: expected NAME=KIND:PLACE, each name once")
            continue
        try:
            real |= _is_real(url)
        except UsageError as refusal:
            problems += [f"--radio {word}: {each}" for each in refusal.problems]
        urls[name] = url
    if problems:
        raise UsageError(*problems)
    return RadioOptions(urls, real)


def _is_real(url: str) -> bool:
    kind, colon, place = url.partition(":")
    known = names("hanlab.radios")
    if not colon or kind not in known:
        told = ", ".join(known) or "none, no radio is installed"
        raise UsageError(f"no kind of radio {kind!r}: expected {told}")
    if kind == _SIMULATED:
        return False
    made = load("hanlab.radios", kind)
    check, is_real = getattr(made, "check", None), getattr(made, "is_real", None)
    if check is not None:
        check(place)
    return is_real is None or bool(is_real(place))
