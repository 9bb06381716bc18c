"""Asks a network co-processor what it is, before a run: blocks, and lets it begin anew."""

import select
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from emulator.kernel.errors import EnvironmentFault, WireError
from emulator.lab.radios.kinds import DongleReport
from hardware.ezsp.formats import Eui, Octet, OctetAndWord, Octets, VersionAnswer
from hardware.ezsp.frames import EZSP_VERSION, EzspAnswer, ask, ask_version, read_answer
from hardware.ezsp.host_link import AshHost
from hardware.ezsp.identifiers import Command, EmberStatus, MfgToken
from hardware.line.byte_line import ByteLine

ANSWER_LIMIT: Final = 1.0
"""Seconds that an answer may take; firmware restarts within half of one."""
_TRIES: Final = 3
_OLDEST: Final = 8
"""The first version with the header that is spoken here (EmberZNet 6.7)."""
_KEY_TABLE_SIZE: Final = 0x1E
_NO_LIBRARY: Final = EmberStatus.LIBRARY_NOT_PRESENT
_UNWRITTEN: Final = 0xFF
_ABILITIES: Final = (
    "be a hub: MAC to APS and trust centre are in the dongle, what is above them is ours",
    "listen, while it is on no network: hanlab radio sniff --radio ezsp:PORT",
)
_LACKS: Final = (
    "be the radio of our own MAC: flash an OpenThread RCP image for that",
    "be a meter or a display under zigpy: zigpy joins no network",
    "sub-GHz (the hub's 868 MHz network): no stock image has it",
)
_CBKE: Final = "key establishment inside (CBKE library)"
ROLES: Final = "one hub; or the sniffer"


@dataclass(slots=True)
class EzspAsker:
    """One conversation with a co-processor.

    Args:
        line: opened for it alone.
        clock: seconds of a clock that only goes forward.
        limit: seconds that an answer may take.
        tries: how often it is asked.
    """

    line: ByteLine
    clock: Callable[[], float] = time.monotonic
    limit: float = ANSWER_LIMIT
    tries: int = _TRIES
    _host: AshHost = field(init=False)
    _sequence: int = 0

    def __post_init__(self) -> None:
        self._host = AshHost(self.line.write)

    def reset(self) -> bool:
        """Let it begin anew; whether it said so."""
        self._host.reset()
        return self._until(lambda: self._host.connected)

    def version(self) -> VersionAnswer | None:
        """Its version; asked again in its own, as its rules are (UG100 3)."""
        answer = self._answer(ask_version(self._sequence, EZSP_VERSION))
        if answer is None:
            return None
        told = VersionAnswer.decode(answer.parameters)
        if told.protocol >= _OLDEST:
            again = bytes((told.protocol,))
            self._answer(ask(self._next(), Command.VERSION, again))
        return told

    def ask(self, command: Command, parameters: bytes = b"") -> bytes | None:
        """What it answers to a command; None when it answers nothing, or has no such command."""
        answer = self._answer(ask(self._next(), command, parameters))
        if answer is None or answer.command != command:
            return None
        return answer.parameters

    def _next(self) -> int:
        self._sequence = (self._sequence + 1) % 256
        return self._sequence

    def _answer(self, frame: bytes) -> EzspAnswer | None:
        found: list[EzspAnswer] = []
        self._host.ask(frame)
        self._until(lambda: bool(found), found)
        return found[0] if found else None

    def _until(self, done: Callable[[], bool], found: list[EzspAnswer] | None = None) -> bool:
        for _ in range(self.tries):
            end = self.clock() + self.limit
            while not done() and (left := end - self.clock()) > 0:
                self._take(left, found)
            if done():
                return True
            self._host.repeat()
        return False

    def _take(self, limit: float, found: list[EzspAnswer] | None) -> None:
        self.line.flush()
        select.select((self.line.fileno(),), (), (), limit)
        for frame in self._host.receive(self.line.read()):
            try:
                answer = read_answer(frame)
            except WireError:
                continue
            if found is not None and not answer.asynchronous and answer.sequence == self._sequence:
                found.append(answer)


def report(port: str, line: ByteLine, limit: float = ANSWER_LIMIT) -> DongleReport | None:
    """What a co-processor says of itself; None when none answers.

    Raises:
        EnvironmentFault: when its firmware is too old, or its answers are not those of EZSP.
    """
    asker = EzspAsker(line, limit=limit)
    if not asker.reset():
        return None
    try:
        return _understood(port, asker)
    except WireError as fault:
        raise EnvironmentFault(
            f"{port}: answers of unknown EZSP firmware ({fault}): flash it"
        ) from fault


def _understood(port: str, asker: EzspAsker) -> DongleReport:
    version = asker.version()
    if version is None:
        raise EnvironmentFault(f"{port}: ASH without EZSP: its firmware hangs: flash it anew")
    if version.protocol < _OLDEST:
        raise EnvironmentFault(
            f"{port}: EZSP {version.protocol}, expected {_OLDEST} or later: flash EmberZNet 6.7 or "
            "newer"
        )
    eui64 = asker.ask(Command.GET_EUI64)
    keys = asker.ask(Command.GET_CONFIGURATION_VALUE, Octet(_KEY_TABLE_SIZE).encode())
    room = None if keys is None else OctetAndWord.decode(keys)
    table = (
        (f"keep link keys of {room.value} devices",)
        if room is not None and room.first == EmberStatus.SUCCESS
        else ()
    )
    certificate = asker.ask(Command.GET_CERTIFICATE_283K1) or bytes((_NO_LIBRARY,))
    inside = certificate[0] != _NO_LIBRARY
    names = " ".join(filter(None, map(asker_token(asker), (MfgToken.STRING, MfgToken.BOARD_NAME))))
    return DongleReport(
        kind="ezsp",
        port=port,
        firmware=f"{names or 'unnamed board'}, EmberZNet {_stack(version.stack_version)}",
        protocol=f"EZSP {version.protocol}",
        eui64="" if eui64 is None else f"{Eui.decode(eui64).eui64:016X}",
        abilities=(*_ABILITIES, *table, *((_CBKE,) if inside else ())),
        lacks=_LACKS if inside else (*_LACKS, f"{_CBKE}: keys are agreed on the host"),
        roles=ROLES,
        use=f"hanlab radio commission zigpy:{port}",
    )


def asker_token(asker: EzspAsker) -> Callable[[MfgToken], str]:
    """Reads the texts that the manufacturer wrote; those never written are empty."""

    def text(token: MfgToken) -> str:
        answer = asker.ask(Command.GET_MFG_TOKEN, Octet(token).encode())
        octets = b"" if answer is None else Octets.decode(answer).data
        written = bytes(each for each in octets if each != _UNWRITTEN)
        return written.split(b"\x00")[0].decode("ascii", "replace").strip()

    return text


def _stack(version: int) -> str:
    """A stack version as people write it: a digit each (UG100, `version`)."""
    return ".".join(str(version >> shift & 0x0F) for shift in (12, 8, 4, 0))
