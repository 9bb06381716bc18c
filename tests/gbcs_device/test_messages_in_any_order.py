"""Random messages, good and bad, beside a naive model: nothing refused is ever executed."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from emulator.gbcs.asn1.codes import CellUsage, DeviceType, JoinMethodAndRole, KeyUsage
from emulator.gbcs.asn1.credentials import (
    AuthorisingControl,
    SequenceNumberChange,
    TrustAnchorReplacement,
    UpdateCredentialsCommand,
)
from emulator.gbcs.asn1.device_logs import JoinDeviceCommand, UnjoinDeviceCommand
from emulator.gbcs.asn1.gas_clock import SetTimeCommand
from emulator.gbcs.asn1.payload import encode_asn1
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.asn1.credentials_updates import MODES
from emulator.gbcs_device.device_kind import cell
from emulator.gbcs_device.facts import CommandExecuted
from emulator.gbcs_device.trust_anchors import key_use
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.remote_party_bench import (
    DEVICE,
    GAINING_SUPPLIER,
    PARTNER,
    STRANGER,
    RemotePartyBench,
    bench_pki,
    responses,
    verdict,
)

SET_CLOCK, JOIN, UNJOIN, CHANGE = 0x007F, 0x000E, 0x0010, 0x0107
LOSING = RemotePartyBench().party(Role.SUPPLIER)
SUPPLIERS = (LOSING, GAINING_SUPPLIER)
SUPPLIER_CELLS = (
    cell(Role.SUPPLIER, KeyUsage.DIGITAL_SIGNATURE),
    cell(Role.SUPPLIER, KeyUsage.KEY_AGREEMENT),
    cell(Role.SUPPLIER, KeyUsage.KEY_AGREEMENT, CellUsage.PREPAYMENT_TOP_UP),
)
STRANGERS = (
    STRANGER,
    PARTNER,
    *(RemotePartyBench().party(role) for role in (Role.NETWORK_OPERATOR, Role.WAN_PROVIDER)),
)
"""Nobody of these may set the clock."""
PROXIES = tuple(Eui64(number) for number in (1, 2))
COUNTERS = st.integers(0, 40)


@dataclass
class Model:
    """What a meter should know."""

    supplier: Eui64 = LOSING
    highest: int = -1
    """Counter of the supplier's role."""
    highest_of_change: int = -1
    joined: set[Eui64] = field(default_factory=set)


class AnyMessages(RuleBasedStateMachine):
    """A gas meter that gets messages of all sorts."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = RemotePartyBench()
        self.model = Model()
        self.good: list[Message] = []

    def message(self, code: int, value: Any, party: Eui64, counter: int) -> Message:
        bare = self.bench.bare(code, encode_asn1(code, Cra.COMMAND, value), counter=counter)
        return self.protected(replace(bare, originator=party))

    def protected(self, message: Message) -> Message:
        kinds = use_case(message.other_information.message_code).protection["command"]
        return self.bench.protection.protect(
            message, signed="signature" in kinds[0], maced="MAC" in kinds[0]
        )

    def executed(self, message: Message) -> bool:
        effects = self.bench.send(message)
        done = isinstance(verdict(effects), CommandExecuted)
        assert len(responses(effects)) == (1 if done else 0)
        return done

    def counts(self, party: Eui64, counter: int) -> bool:
        """Whether a supplier's command is to be acted on; if so, it counts."""
        good = party == self.model.supplier and counter > self.model.highest
        if good:
            self.model.highest = counter
        return good

    @rule(party=st.sampled_from(SUPPLIERS), counter=COUNTERS)
    def set_clock(self, party: Eui64, counter: int) -> None:
        window = SetTimeCommand("20260301000000Z", "20260302000000Z")
        message = self.message(SET_CLOCK, window, party, counter)
        self.good.append(message)

        assert self.executed(message) is self.counts(party, counter)

    @rule(party=st.sampled_from(SUPPLIERS), counter=COUNTERS, proxy=st.sampled_from(PROXIES))
    def join(self, party: Eui64, counter: int, proxy: Eui64) -> None:
        asked = JoinDeviceCommand(
            JoinMethodAndRole.METHOD_B, proxy.to_bytes(8, "big"), DeviceType.GPF
        )

        if self.executed(self.message(JOIN, asked, party, counter)):
            self.model.joined.add(proxy)
            assert self.counts(party, counter)
        else:
            assert not self.counts(party, counter)

    @rule(party=st.sampled_from(SUPPLIERS), counter=COUNTERS, proxy=st.sampled_from(PROXIES))
    def unjoin(self, party: Eui64, counter: int, proxy: Eui64) -> None:
        asked = UnjoinDeviceCommand(proxy.to_bytes(8, "big"))

        if self.counts(party, counter):
            self.model.joined.discard(proxy)
            assert self.executed(self.message(UNJOIN, asked, party, counter))
        else:
            assert not self.executed(self.message(UNJOIN, asked, party, counter))

    @rule(party=st.sampled_from(SUPPLIERS), counter=COUNTERS, floor=COUNTERS)
    def change_supplier(self, party: Eui64, counter: int, floor: int) -> None:
        role = Role.TRANSITIONAL_CHANGE_OF_SUPPLIER
        control = AuthorisingControl(
            mode=MODES[CHANGE].number,
            sequence_number=counter,
            other_changes=(SequenceNumberChange(Role.SUPPLIER, floor),),
        )
        issuing = (bench_pki().authorities[1].certificate.der,)
        asked = UpdateCredentialsCommand(control, _moves(party), issuing)
        good = counter > self.model.highest_of_change

        assert self.executed(self.message(CHANGE, asked, self.bench.party(role), counter)) is good
        if good:
            same = party == self.model.supplier
            self.model.highest = max(floor, self.model.highest) if same else floor
            self.model.supplier = party
            self.model.highest_of_change = counter

    @rule(party=st.sampled_from(STRANGERS), counter=COUNTERS)
    def strangers(self, party: Eui64, counter: int) -> None:
        window = SetTimeCommand("20260301000000Z", "20260302000000Z")

        assert not self.executed(self.message(SET_CLOCK, window, party, counter + 100))

    @rule(recipient=st.sampled_from((PARTNER, STRANGER)), counter=COUNTERS)
    def others(self, recipient: Eui64, counter: int) -> None:
        window = SetTimeCommand("20260301000000Z", "20260302000000Z")
        mine = self.message(SET_CLOCK, window, self.model.supplier, counter + 100)

        assert not self.executed(self.protected(replace(mine, recipient=recipient)))

    @precondition(lambda self: self.good)
    @rule(data=st.data())
    def again(self, data: st.DataObject) -> None:
        message = data.draw(st.sampled_from(self.good))

        expected = self.counts(message.originator, message.counter)
        assert self.executed(message) is expected

    @rule(
        counter=COUNTERS,
        part=st.sampled_from(("signature", "mac", "payload", "counter")),
        at=st.integers(0, 63),
    )
    def bent(self, counter: int, part: str, at: int) -> None:
        window = SetTimeCommand("20260301000000Z", "20260302000000Z")
        good = self.message(SET_CLOCK, window, self.model.supplier, counter + 100)

        assert not self.executed(_bent(good, part, at))

    @rule(kept=st.sampled_from(((True, False), (False, True), (False, False))), counter=COUNTERS)
    def half_protected(self, kept: tuple[bool, bool], counter: int) -> None:
        window = SetTimeCommand("20260301000000Z", "20260302000000Z")
        good = self.message(SET_CLOCK, window, self.model.supplier, counter + 100)
        signed, maced = kept

        assert not self.executed(self.bench.protection.protect(good, signed=signed, maced=maced))

    @rule()
    def lose_power(self) -> None:
        state = json.loads(json.dumps(self.bench.machine.snapshot()))
        self.bench = RemotePartyBench()
        self.bench.machine.restore(state)

    @invariant()
    def knows_what_the_model_knows(self) -> None:
        identity = self.bench.machine.identity
        assert set(identity.log.entries) == self.model.joined
        assert identity.anchors.party(Role.SUPPLIER) == self.model.supplier
        assert identity.anchors.highest_counter(Role.SUPPLIER) == self.model.highest


def _moves(party: Eui64) -> tuple[TrustAnchorReplacement, ...]:
    moves = []
    for each in SUPPLIER_CELLS:
        found = bench_pki().keys.find(party, key_use(each))
        assert found is not None
        assert found.certificate is not None
        moves.append(TrustAnchorReplacement(found.certificate.der, each))
    return tuple(moves)


def _bent(message: Message, part: str, at: int) -> Message:
    """The message with one part changed, its protection left as it was."""
    match part:
        case "signature":
            return replace(message, signature=_turned(message.signature or b"", at))
        case "mac":
            return replace(message, mac=_turned(message.mac or b"", at))
        case "payload":
            return replace(message, payload=_turned(message.payload, at))
        case _:
            return replace(message, counter=message.counter + 1)


def _turned(octets: bytes, at: int) -> bytes:
    turned = bytearray(octets)
    turned[at % len(turned)] ^= 0x01
    return bytes(turned)


TestAnyMessages = AnyMessages.TestCase
TestAnyMessages.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


def test_the_model_starts_as_the_device_does() -> None:
    bench = RemotePartyBench()

    assert bench.machine.identity.anchors.party(Role.SUPPLIER) == LOSING
    assert bench.machine.identity.eui64 == DEVICE
