"""Asks whoever is at the end of a line what it is, before a run: the only place that blocks.

What does not speak Spinel is looked at more closely, because a person wants to know what to do: an
EmberZNet or Z-Stack dongle, a modem, a line at another baud rate, or nothing at all.
"""

import select
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from emulator.kernel.errors import EnvironmentFault, WireError
from hardware.line.byte_line import ByteLine
from hardware.spinel.frames import PropertyPayload, SpinelFrame, command_frame, property_frame
from hardware.spinel.hdlc import FLAG, HdlcReader, hdlc_frame
from hardware.spinel.properties import RESET_STACK, RESETS, Command, Property

ANSWER_LIMIT: Final = 0.6
"""Seconds that an answer may take; firmware answers within milliseconds."""
_TRIES: Final = 3
_ASH_RESET: Final = bytes.fromhex("1a c0 38 bc 7e")
"""EZSP over ASH: cancel what came before, reset (UG101)."""
_ZNP_PING: Final = bytes.fromhex("fe 00 21 01 20")
"""Z-Stack monitor and test interface: SYS_PING."""
_MODEM: Final = b"AT\r\n"


@dataclass(slots=True)
class Asker:
    """One conversation with whatever is there.

    Args:
        line: opened for it alone.
        clock: seconds of a clock that only goes forward.
        limit: seconds that an answer may take.
    """

    line: ByteLine
    clock: Callable[[], float] = time.monotonic
    limit: float = ANSWER_LIMIT
    _reader: HdlcReader = field(default_factory=HdlcReader)
    _transaction: int = 0

    def reset(self) -> bool:
        """Let the co-processor begin anew; whether it said so."""
        self.line.write(bytes((FLAG,)) + hdlc_frame(command_frame(0, Command.RESET, _STACK)))
        return self._await(_restarted) is not None

    def ask(self, name: Property, tries: int = _TRIES) -> bytes | None:
        """The value of a property; None when there is no answer, or no such property."""
        for _ in range(tries):
            self._transaction = self._transaction % 15 + 1
            number = self._transaction
            self.line.write(hdlc_frame(property_frame(number, Command.PROP_VALUE_GET, name)))
            answer = self._await(_answers(number))
            if answer is not None:
                return answer[2] if answer[1] is name else None
        return None

    def raw(self, octets: bytes) -> bytes:
        """Whatever comes back for these octets, within the time an answer may take."""
        self.line.write(octets)
        found = bytearray()
        end = self.clock() + self.limit
        while (left := end - self.clock()) > 0:
            found += self._read(left)
        return bytes(found)

    def _await(
        self, wanted: Callable[[tuple[int, Property, bytes]], bool]
    ) -> tuple[int, Property, bytes] | None:
        end = self.clock() + self.limit
        while (left := end - self.clock()) > 0:
            for payload in self._reader.feed(self._read(left)):
                told = _about(payload)
                if told is not None and wanted(told):
                    return told
        return None

    def _read(self, limit: float) -> bytes:
        self.line.flush()
        select.select((self.line.fileno(),), (), (), limit)
        return self.line.read()


_STACK: Final = bytes((RESET_STACK,))


def _about(payload: bytes) -> tuple[int, Property, bytes] | None:
    """Transaction, property and value of a frame that tells a property."""
    try:
        frame = SpinelFrame.decode(payload)
        about = PropertyPayload.decode(frame.payload)
    except WireError:
        return None
    if Command(frame.command) is not Command.PROP_VALUE_IS:
        return None
    return frame.transaction, Property(about.property), about.value


def _answers(number: int) -> Callable[[tuple[int, Property, bytes]], bool]:
    return lambda told: told[0] == number


def _restarted(told: tuple[int, Property, bytes]) -> bool:
    return told[1] is Property.LAST_STATUS and bool(told[2]) and told[2][0] in RESETS


@dataclass(frozen=True, slots=True)
class Stranger:
    """What answers, when it does not speak Spinel, and what to do about it."""

    what: str
    advice: str


NOTHING: Final = "nothing answers"
_SILENCE: Final = Stranger(
    NOTHING,
    "is it a radio co-processor? flash an OpenThread RCP image, or try another port",
)


def stranger(asker: Asker) -> Stranger:
    """Who is there, of those that lab engineers have plugged in before."""
    for octets, tell in _KNOCKS:
        answer = asker.raw(octets)
        found = tell(answer)
        if found is not None:
            return found
    return _SILENCE


def _ezsp(answer: bytes) -> Stranger | None:
    if bytes.fromhex("c1 02") not in answer:
        return None
    return Stranger(
        "an EmberZNet dongle (EZSP firmware), no radio co-processor",
        "flash an OpenThread RCP image, or use it as ezsp",
    )


def _znp(answer: bytes) -> Stranger | None:
    if bytes.fromhex("61 01") not in answer or answer[:1] != b"\xfe":
        return None
    return Stranger(
        "a Z-Stack dongle (ZNP firmware), no radio co-processor", "flash an OpenThread RCP image"
    )


def _modem(answer: bytes) -> Stranger | None:
    if b"OK" in answer or b"ERROR" in answer:
        return Stranger("a modem, no dongle", "choose another port: see `hanlab radio list`")
    return None


def _noise(answer: bytes) -> Stranger | None:
    if not answer:
        return None
    return Stranger(
        "octets come that are no Spinel",
        "wrong baud rate (PORT?baud=460800) or wrong firmware",
    )


_KNOCKS: Final[Sequence[tuple[bytes, Callable[[bytes], Stranger | None]]]] = (
    (_MODEM, _modem),
    (_ASH_RESET, _ezsp),
    (_ZNP_PING, _znp),
    (bytes((FLAG,)), _noise),
)


def wrong(port: str, found: Stranger) -> EnvironmentFault:
    """The one line that says what is there and what to do."""
    return EnvironmentFault(f"{port}: {found.what}: {found.advice}")
