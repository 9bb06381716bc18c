"""Reference commands, given to emulated devices one after the other (RTDS).

Updates come first and stay in the device that they are given to. Then come reads, and the commands
that show errors: they leave no trace. A read is tried on the device as the updates left it; then on
one that also holds what the answers to other commands told; and only then on one that holds what
its own answer tells. So the class of a read says what it proves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from emulator.cosem.server.members import MeterVariant
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import Payload, PayloadKind, decode_payload, payload_kind
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.facts import AnswerNotSent, CommandRefused
from emulator.gbcs_device.primitives import MessageIndication, MessageRequest
from emulator.gbcs_device.replay.comparison import Match, compared, difference
from emulator.gbcs_device.replay.reference_devices import (
    PlayedDevice,
    meter_variant,
    played_device,
)
from emulator.gbcs_device.replay.reference_pairs import ReferencePair
from emulator.gbcs_device.replay.told_answers import injected_faults, plain_payload, reads_only
from emulator.gbcs_device.seeding import Seedable
from emulator.kernel.errors import LocalError, PeerError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import START


class PairClass(StrEnum):
    """What an answer that comes out right proves."""

    ACTIONS_AND_UPDATES = "actions_and_updates"
    """The command did what it says, on a device that earlier commands had brought to its state."""
    UPDATES_SEEDED = "updates_seeded"
    """The same, but the state before was taken from this very answer."""
    READS_SET_BY_OTHERS = "reads_set_by_others"
    """What was read had been set by other commands, or was there as shipped."""
    READS_TOLD_BY_OTHERS = "reads_told_by_others"
    """What was read had been told, at least in part, by answers to other commands."""
    READS_SEEDED = "reads_seeded"
    """What was read was taken from this very answer: it proves codec, order and protection."""
    INJECTED_ERRORS = "injected_errors"
    """An item was made to fail, as the answer shows."""


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


class _DeviceKey(NamedTuple):
    """What makes a device another one: the set has meters of all variants under one name."""

    eui64: Eui64
    variant: MeterVariant


@dataclass(frozen=True, slots=True)
class _Trial:
    """A pair, and what is known of it before it is tried."""

    pair: ReferencePair
    key: _DeviceKey
    plain: Payload
    faults: tuple[InjectedFault, ...]
    reading: bool


@dataclass(slots=True)
class _Stage:
    """A device, and the state that it goes back to."""

    device: PlayedDevice
    state: dict[PayloadKind, Mapping[str, object]] = field(default_factory=dict)

    def keep(self) -> None:
        """Make the present state the one to go back to."""
        executors = self.device.executors
        self.state = {kind: each.snapshot() for kind, each in executors.items()}

    def go_back(self) -> None:
        """Have that state again."""
        for kind, held in self.state.items():
            self.device.executors[kind].restore(held)

    def take(self, trial: _Trial) -> None:
        """Hold what an answer tells, from now on."""
        executor = self.device.executors.get(payload_kind(trial.pair.command.payload))
        if executor is not None:
            executor.seed(trial.pair.command, trial.plain)
            self.keep()


class Replay:
    """The devices of the set, and what is known of them.

    Args:
        keys: of the set.
    """

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys
        self._agreement = StoredKeyAgreement(keys)
        self._acted: dict[_DeviceKey, _Stage] = {}
        self._told: dict[_DeviceKey, _Stage] = {}

    def replay(self, pairs: Iterable[ReferencePair]) -> Iterator[ReplayedPair]:
        """What comes of each pair; updates first."""
        others: list[_Trial] = []
        for pair in pairs:
            try:
                trial = self._trial(pair)
            except (PeerError, LocalError) as fault:
                kind = PairClass.INJECTED_ERRORS if pair.shows_error else PairClass.READS_SEEDED
                yield ReplayedPair(pair.name, kind, Match.DIFFERENT, str(fault))
                continue
            if trial.reading or pair.shows_error:
                others.append(trial)
            else:
                yield self._update(trial)
        for trial in others:
            yield self._error(trial) if trial.pair.shows_error else self._read(trial)

    def _trial(self, pair: ReferencePair) -> _Trial:
        command = decode_payload(pair.command)
        plain = plain_payload(pair.response, self._agreement)
        use_case = known_use_case(pair.command.other_information.message_code)
        return _Trial(
            pair,
            _DeviceKey(pair.command.recipient, meter_variant(pair.name, command)),
            plain,
            injected_faults(command, plain),
            use_case is not None and reads_only(use_case, command),
        )

    def _update(self, trial: _Trial) -> ReplayedPair:
        stage = self._stage(self._acted, trial.key)
        if isinstance(stage, str):
            return ReplayedPair(
                trial.pair.name, PairClass.ACTIONS_AND_UPDATES, Match.DIFFERENT, stage
            )
        alone = self._attempt(stage, trial, PairClass.ACTIONS_AND_UPDATES, kept=True)
        if alone.match is not Match.DIFFERENT:
            return alone
        return self._attempt(stage, trial, PairClass.UPDATES_SEEDED, seeded=True, kept=True)

    def _read(self, trial: _Trial) -> ReplayedPair:
        acted = self._stage(self._acted, trial.key)
        told = self._told_stage(trial.key)
        if isinstance(acted, str) or isinstance(told, str):
            return ReplayedPair(
                trial.pair.name, PairClass.READS_SEEDED, Match.DIFFERENT, str(acted)
            )
        for stage, kind in (
            (acted, PairClass.READS_SET_BY_OTHERS),
            (told, PairClass.READS_TOLD_BY_OTHERS),
        ):
            alone = self._attempt(stage, trial, kind)
            if alone.match is not Match.DIFFERENT:
                return alone
        told.take(trial)
        return self._attempt(acted, trial, PairClass.READS_SEEDED, seeded=True)

    def _error(self, trial: _Trial) -> ReplayedPair:
        stage = self._stage(self._acted, trial.key)
        if isinstance(stage, str):
            return ReplayedPair(trial.pair.name, PairClass.INJECTED_ERRORS, Match.DIFFERENT, stage)
        return self._attempt(stage, trial, PairClass.INJECTED_ERRORS, seeded=True)

    def _stage(self, stages: dict[_DeviceKey, _Stage], key: _DeviceKey) -> _Stage | str:
        """A device, made when it is first needed; or why there is none."""
        stage = stages.get(key)
        if stage is None:
            device = played_device(key.eui64, key.variant, self._keys)
            if device is None:
                return f"{format_eui64(key.eui64)}: the set has no such device"
            stage = stages[key] = _Stage(device)
            stage.keep()
        return stage

    def _told_stage(self, key: _DeviceKey) -> _Stage | str:
        """A device that holds what answers told; at first it is as the updates left the other."""
        known = key in self._told
        stage = self._stage(self._told, key)
        acted = self._acted.get(key)
        if not known and acted is not None and isinstance(stage, _Stage):
            stage.state = dict(acted.state)
            stage.go_back()
        return stage

    def _attempt(
        self,
        stage: _Stage,
        trial: _Trial,
        kind: PairClass,
        *,
        seeded: bool = False,
        kept: bool = False,
    ) -> ReplayedPair:
        """Try a command; unless it is kept and comes out right, the device is then as before."""
        pair = trial.pair
        clock = stage.device.clock.snapshot()
        got, reason = self._answer(stage.device, trial, seeded=seeded)
        stage.device.clock.restore(clock)
        match = Match.DIFFERENT if got is None else compared(got, pair.response)
        if kept and match is not Match.DIFFERENT:
            stage.keep()
        else:
            stage.go_back()
        if match is not Match.DIFFERENT:
            return ReplayedPair(pair.name, kind, match)
        why = reason if got is None else difference(got, pair.response)
        return ReplayedPair(pair.name, kind, match, why)

    def _answer(
        self, device: PlayedDevice, trial: _Trial, *, seeded: bool
    ) -> tuple[Message | None, str]:
        """What a device answers, or why it does not."""
        pair = trial.pair
        machine = device.machine(self._keys, self._agreement, pair.command)
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
        return _answered(machine.handle(MessageIndication(pair.command.encode()), START))


def _answered(effects: Sequence[object]) -> tuple[Message | None, str]:
    """The response among the effects of a command, or why there is none."""
    reason = "no answer"
    for effect in effects:
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
