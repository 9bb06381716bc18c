"""Executes GBZ commands on the state of a gas meter or of the gas proxy function (GBCS 7.2.10)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from emulator.gbcs.asn1.codes import CellUsage, KeyUsage
from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload, gbz_payload
from emulator.gbcs.gbz_alert import BILLING_DATA_READY
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.payload import Payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.record import Category
from emulator.gbcs_device.device_kind import cell
from emulator.gbcs_device.execution import Command, Deferred, Executed
from emulator.gbcs_device.future_dated import (
    ExecutionFailed,
    ExecutionSuperseded,
    FutureDated,
    ZclItem,
)
from emulator.gbcs_device.gbz.component_run import ComponentRun
from emulator.gbcs_device.gbz.event_reports import (
    COMMAND_FAILED,
    COMMAND_SUCCEEDED,
    note_in_security_log,
    report_event,
)
from emulator.gbcs_device.gbz.frames import AnswerFrames
from emulator.gbcs_device.gbz.meter import CommandSource, take_effect
from emulator.gbcs_device.gbz.own_snapshots import take_snapshot
from emulator.gbcs_device.gbz.seeding import seed_store
from emulator.gbcs_device.gbz.state.balances import METERING
from emulator.gbcs_device.gbz.state.billing_calendar import next_billing
from emulator.gbcs_device.gbz.state.document import members
from emulator.gbcs_device.gbz.state.mechanism import STILL, Mechanism
from emulator.gbcs_device.gbz.state.moments import moment_of, seconds_since_2000
from emulator.gbcs_device.gbz.state.snapshots import SnapshotCause
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.gbz.state.tokens import CheckDigitJudge, TokenJudge
from emulator.gbcs_device.gbz.state.waiting import WaitingCommand
from emulator.gbcs_device.primitives import AlertRequest, MeterSet
from emulator.gbcs_device.trust_anchors import TrustAnchors
from emulator.kernel.identity import Eui64
from emulator.zcl.payloads.price import PublishBillingPeriod
from emulator.zcl.primitives import ZclStatus

TOP_UP_CELL: Final = cell(
    RemotePartyRole.SUPPLIER, KeyUsage.KEY_AGREEMENT, CellUsage.PREPAYMENT_TOP_UP
)
"""The cell of whoever makes tokens (GBCS 4.3.1)."""
FIRMWARE_VERSION: Final = 0x0206
"""CurrentMeterID of the Metering cluster (use-case annex of GBCS, GCS38)."""
_BY_DIGITS: Final = CheckDigitJudge()
_SECOND: Final = 1_000_000


class GbzExecutor:
    """The ZCL commands of messages, done on one device.

    Args:
        store: what the device holds.
        tokens: who judges top-up codes.
        mechanism: what is behind what it holds: a meter that counts, or nothing.
    """

    def __init__(
        self,
        store: MeterStore,
        tokens: TokenJudge = _BY_DIGITS,
        mechanism: Mechanism = STILL,
    ) -> None:
        self.store = store
        self.tokens = tokens
        self._mechanism = mechanism
        self._anchors: TrustAnchors | None = None

    def know(self, anchors: TrustAnchors) -> None:
        """Find the supplier whose tokens are taken in this device's trust anchor cells."""
        self._anchors = anchors

    @property
    def supplier(self) -> Eui64 | None:
        """Who makes this meter's tokens; None where nobody stands in its cell."""
        anchors = self._anchors
        held = None if anchors is None else anchors.certificate(TOP_UP_CELL)
        return None if held is None else held.eui64

    def execute(self, command: Command) -> Executed:
        """Do what the command says, in its order, and answer each of its components."""
        payload = command.payload
        if not isinstance(payload, GbzPayload) or payload.alert is not None:
            return Executed(None)
        self._mechanism.measure(self.store)
        before = self.store.waiting.commands
        run = self._run(payload.components, command)
        effects = (*self._reported(command, failed=run.stopped), *self.follow())
        new = (each for each in self.store.waiting.commands if each not in before)
        deferred = tuple(self._deferred(each) for each in new)
        return Executed(gbz_payload(run.answers), effects, deferred)

    def source(self, message: Message, moment: datetime) -> CommandSource:
        """What the commands of a message are executed with."""
        return CommandSource(
            code=message.other_information.message_code,
            counter=message.counter,
            originator=message.originator,
            moment=seconds_since_2000(moment),
            tokens=self.tokens,
            mechanism=self._mechanism,
            supplier=self.supplier,
        )

    def waiting(self) -> Sequence[Deferred]:
        """What waits for its date, in the order in which it came, then the next bill."""
        commands = tuple(self._deferred(each) for each in self.store.waiting.commands)
        due = self.store.billing.due
        if due is None:
            return commands
        return (*commands, Deferred(moment_of(due), self._bill))

    def seed(self, command: Message, response: Payload) -> None:
        """Hold what this answer tells, so that the same command is answered like it.

        Args:
            command: whose answer it is.
            response: its payload; sensitive data is decrypted in its place.
        """
        seed_store(self.store, command, response)

    def snapshot(self) -> Mapping[str, object]:
        """All that the device holds, as JSON could say it."""
        return {**self.store.snapshot(), "mechanism": self._mechanism.snapshot()}

    def restore(self, snapshot: Mapping[str, object]) -> None:
        """Hold again what a snapshot says.

        Raises:
            LocalError: when it is none; the state is then as before.
        """
        store = MeterStore.restored(snapshot, self.store.settings)
        kept = members(snapshot, "mechanism")
        self._mechanism.attach(store)
        self._mechanism.restore(kept)
        self.store = store

    def note(self, code: int, moment: datetime) -> None:
        """Write an event into the security log."""
        note_in_security_log(self.store, code, seconds_since_2000(moment))

    def runs(self, version: bytes) -> None:
        """Show the version of the firmware that runs (GBCS GCS38), 4 octets."""
        self.store.attributes.set(METERING, FIRMWARE_VERSION, version)

    def settle(self) -> tuple[object, ...]:
        """Count up to now; what there is to tell of it, for the device's other parts."""
        self._mechanism.measure(self.store)
        return self._told()

    def follow(self) -> tuple[object, ...]:
        """Have the meter go by what was set; what there is to tell, for the other parts."""
        self._mechanism.follow(self.store)
        told = self._told()
        return told if self._mechanism is STILL else (MeterSet(), *told)

    def _told(self) -> tuple[AlertRequest, ...]:
        happened = self._mechanism.happened()
        alerts = (report_event(self.store, each.code, each.own // _SECOND) for each in happened)
        return tuple(alert for each in alerts for alert in each)

    def _run(self, components: Sequence[GbzComponent], command: Command) -> ComponentRun:
        source = self.source(command.message, command.moment)
        frames = AnswerFrames(source.code, command.use_case.sensitive, command.encrypt)
        statuses = {fault.item: ZclStatus(fault.result & 0xFF) for fault in command.faults}
        faults = {item: each for item, each in statuses.items() if each != ZclStatus.SUCCESS}
        run = ComponentRun(self.store, source, frames, faults)
        for index, component in enumerate(components, 1):
            run.take(component, len(components) - index)
        return run

    def _reported(self, command: Command, *, failed: bool) -> tuple[AlertRequest, ...]:
        """What a device on the HAN had done is written down, with its message code (GBCS 16.2)."""
        if command.use_case.category is not Category.SME_C_PPMID_GSME:
            return ()
        event = COMMAND_FAILED if failed else COMMAND_SUCCEEDED
        code = command.message.other_information.message_code.to_bytes(2, "big")
        return report_event(self.store, event, seconds_since_2000(command.moment), code)

    def _deferred(self, command: WaitingCommand) -> Deferred:
        description = FutureDated(
            command.message_code,
            command.counter,
            command.originator,
            ZclItem(command.cluster, command.frame_control, command.command),
        )
        return Deferred(
            moment_of(command.due), lambda now: self._carry_out(command, now), description
        )

    def _bill(self, now: datetime) -> Executed:
        """Write the registers down at the end of a billing period, and push that (GCS53)."""
        self._mechanism.measure(self.store)
        moment = seconds_since_2000(now)
        period = self.store.published.latest(PublishBillingPeriod)
        self.store.billing.due = None if period is None else next_billing(period, moment)
        snapshot = take_snapshot(self.store, SnapshotCause.END_OF_BILLING_PERIOD, moment)
        self._mechanism.billed(self.store)
        alert = AlertRequest(BILLING_DATA_READY, snapshot.encode())
        return Executed(None, (alert, *self.follow()))

    def _carry_out(self, command: WaitingCommand, now: datetime) -> Executed:
        if not self.store.waiting.take(command):
            return Executed(None, (ExecutionSuperseded(),))
        self._mechanism.measure(self.store)
        moment = seconds_since_2000(now)
        done = take_effect(self.store, command, moment, self.tokens, self._mechanism)
        followed = self.follow()
        return Executed(None, followed if done else (ExecutionFailed(), *followed))
