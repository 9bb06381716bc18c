"""The trust centre against a naive model: any joins, leaves, keys and openings in any order."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.crypto.install_code import InstallCode
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later, seconds
from emulator.smart_energy.facts import DeviceRemoved, JoiningOpened
from emulator.smart_energy.keys.network_key import NetworkKey
from emulator.smart_energy.network.trust_centre import TrustCentre
from emulator.smart_energy.primitives import (
    KeyEstablishmentEnded,
    PermitJoin,
    Register,
    TerminateStatus,
    Unregister,
)
from emulator.smart_energy.settings import TrustCentreSettings
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.primitives import (
    ApsmeTransportKeyRequest,
    ApsmeUpdateDeviceIndication,
    KeyOrigin,
    UpdateDeviceStatus,
)
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import JoinMethod, NlmeJoinIndication, NlmeLeaveIndication

DEVICES = [Eui64(0x00DB1234567890A0 + number) for number in range(3)]
CODE = InstallCode.from_octets(bytes(range(16)))
KEY = bytes(range(16))
HOUR = 3_600_000_000
devices = st.sampled_from(DEVICES)
parents = st.sampled_from([None, NwkAddress(0x88D2)])


class AnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.machine = TrustCentre(TrustCentreSettings(), NetworkKey(KEY, 0), count(1))
        self.now = Instant(0)
        self.registered: set[Eui64] = set()
        self.agreed: set[Eui64] = set()
        self.due: dict[Eui64, Instant] = {}
        self.closes: Instant | None = None

    def forget(self, device: Eui64) -> None:
        self.agreed.discard(device)
        self.due.pop(device, None)

    @rule(device=devices)
    def register(self, device: Eui64) -> None:
        self.machine.handle(Register(device, CODE), self.now)
        self.registered.add(device)

    @rule(device=devices)
    def unregister(self, device: Eui64) -> None:
        self.machine.handle(Unregister(device), self.now)
        self.registered.discard(device)
        self.forget(device)

    @rule(device=devices, parent=parents, rejoin=st.booleans())
    def join(self, device: Eui64, parent: NwkAddress | None, rejoin: bool) -> None:
        effects = self.machine.handle(self.arrival(device, parent, rejoin), self.now)
        keys = [each for each in effects if isinstance(each, ApsmeTransportKeyRequest)]
        assert [each.destination for each in keys] == [device] * (device in self.registered)
        assert all(each.parent == parent for each in keys)
        if device in self.registered - self.agreed:
            self.due.setdefault(device, Instant(self.now + HOUR))

    def arrival(self, device: Eui64, parent: NwkAddress | None, rejoin: bool) -> Any:
        address = NwkAddress(0x3F1C)
        if parent is None:
            method = JoinMethod.REJOIN if rejoin else JoinMethod.ASSOCIATION
            return NlmeJoinIndication(address, device, CapabilityInformation(), method, False)
        kind = UpdateDeviceStatus
        status = kind.STANDARD_UNSECURED_REJOIN if rejoin else kind.STANDARD_UNSECURED_JOIN
        return ApsmeUpdateDeviceIndication(parent, None, device, address, status)

    @rule(device=devices)
    def leave(self, device: Eui64) -> None:
        self.machine.handle(NlmeLeaveIndication(device, rejoin=False), self.now)
        self.due.pop(device, None)

    @rule(device=devices, fails=st.booleans())
    def agree(self, device: Eui64, fails: bool) -> None:
        failure = TerminateStatus.BAD_MESSAGE if fails else None
        ended = KeyEstablishmentEnded(device, 2, initiator=False, failure=failure)
        self.machine.handle(ended, self.now)
        if device in self.registered and not fails:
            self.agreed.add(device)
            self.due.pop(device, None)

    @rule(length=st.integers(0, 2000))
    def open(self, length: int) -> None:
        self.machine.handle(PermitJoin(length), self.now)
        self.closes = later(self.now, seconds(length)) if length else None

    @rule(length=st.integers(1, 4000))
    def wait(self, length: int) -> None:
        end = later(self.now, seconds(length))
        while self.machine.deadline is not None and self.machine.deadline <= end:
            self.now = self.machine.deadline
            effects = self.machine.wake(self.now)
            removed = {each.eui64 for each in effects if isinstance(each, DeviceRemoved)}
            assert removed == {each for each, due in self.due.items() if due <= self.now}
            self.due = {each: due for each, due in self.due.items() if due > self.now}
            self.check(effects)
        self.now = end

    def check(self, effects: Sequence[Any]) -> None:
        for said in (each for each in effects if isinstance(each, JoiningOpened)):
            assert self.closes is not None
            left = -(-(self.closes - self.now) // 1_000_000)
            assert said.seconds == min(left, 254)
            if said.seconds == 0:
                self.closes = None

    @invariant()
    def members_are_the_registered_and_their_keys_the_agreed(self) -> None:
        assert set(self.machine.members) == self.registered
        origins = {each: member.origin for each, member in self.machine.members.items()}
        assert {each for each, origin in origins.items() if origin is KeyOrigin.CBKE} == self.agreed

    @invariant()
    def deadline_is_no_later_than_what_the_model_waits_for(self) -> None:
        waits = [*self.due.values(), *([self.closes] if self.closes is not None else [])]
        if waits:
            assert self.machine.deadline is not None
            assert self.machine.deadline <= min(waits)
        else:
            assert self.machine.deadline is None

    @invariant()
    def nothing_is_lost_over_a_power_cycle_but_the_clock(self) -> None:
        other = TrustCentre(TrustCentreSettings(), NetworkKey(KEY, 0), count(1))
        other.restore(self.machine.snapshot())
        assert other.snapshot() == self.machine.snapshot()


TestAnyOrder = AnyOrder.TestCase
