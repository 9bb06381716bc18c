"""A device under test that is really there: the hub's radio, the operator, keys and counters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from emulator.bench.running.operator import Nobody, Operator
from emulator.gbcs.protection.key_store import KeyStore
from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import load, names

HUB: Final = "hub"
SIMULATED: Final = "simulated"
REAL: Final = "real"
ITCH: Final = "itch"
"""A wired test hub that is not ours, in the place of our hub's radio."""
_AT_ONCE: Final = "max"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """How a device is reached that is not emulated.

    Args:
        url: of the hub's radio, `KIND:PLACE`.
        operator: does by hand what the bench cannot.
        keys: of remote parties and of the device; None where it has our test keys.
        first_counter: from which the commands of remote parties count: above all it has seen.
    """

    url: str
    operator: Operator = field(default_factory=Nobody)
    keys: KeyStore | None = None
    first_counter: int = 0

    @property
    def radios(self) -> Mapping[str, str]:
        """The radios of the laboratory that are not simulated."""
        return {} if self.wire is not None else {HUB: self.url}

    @property
    def wire(self) -> str | None:
        """The port of a wired ITCH; None where our own hub has a radio."""
        scheme, _, place = self.url.partition(":")
        return place if scheme == ITCH else None

    @property
    def rehearsed(self) -> bool:
        """Whether the radio is on the virtual air, where an emulated device stands in."""
        scheme, _, place = self.url.partition(":")
        if scheme in (SIMULATED, ITCH):
            return scheme == SIMULATED
        is_real = getattr(load("hanlab.radios", scheme), "is_real", None)
        return is_real is not None and not is_real(place)

    @property
    def speed(self) -> str:
        """How fast time passes: as outside, where there is an outside."""
        return _AT_ONCE if self.rehearsed else REAL


def check_url(url: str) -> None:
    """Let the URL of a radio pass whose kind some package brings.

    Raises:
        UsageError: when there is no such kind, or the kind does not take that place.
    """
    scheme, colon, place = url.partition(":")
    known = names("hanlab.radios")
    if scheme == ITCH and place:
        load("hanlab.lines", "address")(place)
        return
    if not colon or scheme not in known:
        told = ", ".join(known) or "none, no radio is installed"
        raise UsageError(
            f"no kind of radio {scheme!r}: expected KIND:PLACE, KIND one of {told}, or itch"
        )
    check = getattr(load("hanlab.radios", scheme), "check", None)
    if check is not None:
        check(place)
