"""One reference command, given to an emulated device, and its answer compared (RTDS)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

from emulator.cosem.server.members import MeterVariant
from emulator.gbcs.envelope import SIGNATURE_LENGTH, Cra, Message
from emulator.gbcs.payload import Payload, decode_payload, payload_kind
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.facts import AnswerNotSent, CommandRefused
from emulator.gbcs_device.primitives import MessageIndication, MessageRequest
from emulator.gbcs_device.replay.reference_devices import (
    PlayedDevice,
    meter_variant,
    played_device,
)
from emulator.gbcs_device.replay.reference_pairs import ReferencePair
from emulator.gbcs_device.replay.told_answers import injected_faults, plain_payload, reads_only
from emulator.gbcs_device.seeding import Seedable
from emulator.kernel.errors import LocalError, PeerError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START

_SIGNATURE: Final = bytes(SIGNATURE_LENGTH)


class PairClass(StrEnum):
    """What an answer that comes out right proves."""

    ACTIONS_AND_UPDATES = "actions_and_updates"
    """The command did what it says, on a device that earlier commands had brought to its state."""
    UPDATES_SEEDED = "updates_seeded"
    """The same, but the state before was taken from this very answer."""
    READS_SET_BY_OTHERS = "reads_set_by_others"
    """What was read had been set by other commands, or was there as shipped."""
    READS_SEEDED = "reads_seeded"
    """What was read was taken from this very answer: it proves codec, order and protection."""
    INJECTED_ERRORS = "injected_errors"
    """An item was made to fail, as the answer shows."""


class Match(StrEnum):
    """How an answer compares."""

    IDENTICAL = "identical"
    IDENTICAL_BUT_SIGNATURE = "identical_but_signature"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class ReplayedPair:
    """What came of one pair.

    Args:
        name: of the pair.
        kind: what it proves, or would.
        match: how the answer compares.
        reason: why it differs; empty where it does not.
    """

    name: str
    kind: PairClass
    match: Match
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Trial:
    """A pair and what is known of it before it is tried."""

    pair: ReferencePair
    device: PlayedDevice
    plain: Payload
    faults: tuple[InjectedFault, ...]
    reading: bool


class _DeviceKey(NamedTuple):
    """What makes a device another one: the set has meters of all variants under one name."""

    eui64: Eui64
    variant: MeterVariant


class Replay:
    """Gives commands to the devices of the set, one after the other.

    Updates stay in the device that they are given to. A read, and an error, leaves no trace: what
    an answer tells is held only while that command is tried again.

    Args:
        keys: of the set.
    """

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys
        self._agreement = StoredKeyAgreement(keys)
        self._token_agreement = StoredKeyAgreement(keys, KeyUse.PREPAYMENT_KEY_AGREEMENT)
        self._devices: dict[_DeviceKey, PlayedDevice] = {}

    def replay(self, pair: ReferencePair) -> ReplayedPair:
        """Give the command of a pair to its device, and compare the answer."""
        try:
            trial = self._trial(pair)
        except (PeerError, LocalError) as fault:
            kind = PairClass.INJECTED_ERRORS if pair.shows_error else PairClass.READS_SEEDED
            return ReplayedPair(pair.name, kind, Match.DIFFERENT, str(fault))
        if pair.shows_error:
            return self._attempt(trial, PairClass.INJECTED_ERRORS, seeded=True, kept=False)
        own, told = (
            (PairClass.READS_SET_BY_OTHERS, PairClass.READS_SEEDED)
            if trial.reading
            else (PairClass.ACTIONS_AND_UPDATES, PairClass.UPDATES_SEEDED)
        )
        alone = self._attempt(trial, own, seeded=False, kept=not trial.reading)
        if alone.match is not Match.DIFFERENT:
            return alone
        return self._attempt(trial, told, seeded=True, kept=not trial.reading)

    def _trial(self, pair: ReferencePair) -> _Trial:
        command = decode_payload(pair.command)
        plain = plain_payload(pair.response, self._agreement)
        use_case = known_use_case(pair.command.other_information.message_code)
        return _Trial(
            pair,
            self._device(pair, command),
            plain,
            injected_faults(command, plain),
            use_case is not None and reads_only(use_case, command),
        )

    def _device(self, pair: ReferencePair, command: Payload) -> PlayedDevice:
        key = _DeviceKey(pair.command.recipient, meter_variant(pair.name, command))
        device = self._devices.get(key) or played_device(*key, self._token_agreement)
        if device is None:
            raise LocalError(f"{pair.command.recipient:016X}: the set has no such device")
        self._devices[key] = device
        return device

    def _attempt(self, trial: _Trial, kind: PairClass, *, seeded: bool, kept: bool) -> ReplayedPair:
        """Try a command; unless it is kept and comes out right, the device is then as before."""
        device, pair = trial.device, trial.pair
        before = {each: held.snapshot() for each, held in device.executors.items()}
        clock = device.clock.snapshot()
        try:
            got, reason = self._answer(trial, seeded=seeded)
        finally:
            device.clock.restore(clock)
        match = Match.DIFFERENT if got is None else compared(got, pair.response)
        if not kept or match is Match.DIFFERENT:
            for each, held in device.executors.items():
                held.restore(before[each])
        if match is not Match.DIFFERENT:
            return ReplayedPair(pair.name, kind, match)
        why = reason if got is None else difference(got, pair.response)
        return ReplayedPair(pair.name, kind, match, why)

    def _answer(self, trial: _Trial, *, seeded: bool) -> tuple[Message | None, str]:
        """What the device answers, or why it does not."""
        pair = trial.pair
        machine = trial.device.machine(self._keys, self._agreement, pair.command)
        if pair.response.date_time:
            machine.clock.read_at(START, pair.response.date_time)
        own = pair.response.other_information.supplementary_originator_counter
        if own is not None:
            machine.counter.last = own - 1
        if seeded:
            executor = machine.executors.get(payload_kind(pair.command.payload))
            if isinstance(executor, Seedable):
                executor.seed(pair.command, trial.plain)
        machine.inject(*trial.faults)
        effects = machine.handle(MessageIndication(pair.command.encode()), START)
        return _answered(effects)


def _answered(effects: object) -> tuple[Message | None, str]:
    reason = "no answer"
    for effect in effects if isinstance(effects, tuple | list) else ():
        match effect:
            case MessageRequest(_, octets):
                message = Message.decode(octets)
                if message.cra is Cra.RESPONSE:
                    return message, ""
            case CommandRefused():
                reason = f"refused: {effect.rule}: {effect.reason}"
            case AnswerNotSent():
                reason = f"answer not sent: {effect.reason}"
            case _:
                pass
    return None, reason


def compared(got: Message, expected: Message) -> Match:
    """How an answer compares with the reference one."""
    if got.encode() == expected.encode():
        return Match.IDENTICAL
    if got.signature and expected.signature and _unsigned(got) == _unsigned(expected):
        return Match.IDENTICAL_BUT_SIGNATURE
    return Match.DIFFERENT


def _unsigned(message: Message) -> bytes:
    return replace(message, signature=_SIGNATURE).encode()


_FIELDS: Final[Mapping[str, str]] = {
    "counter": "counter",
    "originator": "originator",
    "recipient": "recipient",
    "date_time": "date-time",
    "other_information": "other information",
    "payload": "payload",
    "mac": "MAC",
    "signature": "signature",
}


def difference(got: Message, expected: Message) -> str:
    """The first field in which an answer differs from the reference one."""
    for field, words in _FIELDS.items():
        mine, theirs = getattr(got, field), getattr(expected, field)
        if mine == theirs:
            continue
        if not (isinstance(mine, bytes) and isinstance(theirs, bytes)):
            return f"{words}: {mine}, expected {theirs}"
        pairs = enumerate(zip(mine, theirs, strict=False))
        at = next((index for index, (a, b) in pairs if a != b), min(len(mine), len(theirs)))
        return (
            f"{words}: octet {at} of {len(theirs)}: {mine[at : at + 8].hex().upper() or 'the end'},"
            f" expected {theirs[at : at + 8].hex().upper() or 'the end'}"
        )
    return "nothing"
