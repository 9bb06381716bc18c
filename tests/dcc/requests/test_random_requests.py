"""Random users, requests and faults against a naive model of what a status may rest on."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.dcc.facts import CommandSent, ResponseReceived, ServiceRequestReceived
from emulator.dcc.inventory.joins import JOINS, Join
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.kernel.identity import Eui64
from emulator.kernel.units import seconds
from emulator.testing.scenes.dcc_scene import (
    ESME,
    GPF,
    GSME,
    HCALCS,
    HUB,
    IHD,
    KINDS,
    PPMID,
    dcc_scene,
)

DEVICES = (HUB, GPF, ESME, GSME, PPMID, HCALCS, IHD)
USERS = ("supplier", "other supplier", "network operator", "other user")
devices = st.sampled_from(DEVICES)
users = st.sampled_from(("supplier", "supplier", "supplier", *USERS))


class RandomRequests(RuleBasedStateMachine):
    """Whatever is asked, statuses rest on what devices said over the SM WAN."""

    def __init__(self) -> None:
        super().__init__()
        self.scene = dcc_scene()
        self.scene.listed(*DEVICES)
        self.scene.connect()
        self.scene.run(seconds(2))

    def ask(self, user: str, srv: str, target: Eui64 | None, **parameters: object) -> None:
        answer = self.scene.dcc.request(user, srv, target, **parameters)  # type: ignore[arg-type]  # by keyword
        self.scene.run(seconds(4))
        if not answer.accepted:
            assert answer.reason
            sent = {fact.request for _, fact in self.scene.trace.of(CommandSent)}
            assert str(answer.request_id) not in sent

    @rule(user=users, device=devices)
    def pre_notify(self, user: str, device: Eui64) -> None:
        self.ask(user, "12.2", None, DeviceID=device, DeviceType=KINDS[device].value)

    @rule(user=users, device=devices)
    def add_to_the_hub(self, user: str, device: Eui64) -> None:
        self.ask(
            user,
            "8.11",
            HUB,
            DeviceID=device,
            RequestType="Add",
            InstallCode=bytes(16),
            JoinTimePeriod=60,
        )

    @rule(user=users, device=devices)
    def commission(self, user: str, device: Eui64) -> None:
        self.ask(user, "8.1.1", device)

    @rule(user=users, meter=st.sampled_from((ESME, GSME)))
    def commission_a_meter(self, user: str, meter: Eui64) -> None:
        self.ask(user, "8.1.1", meter)

    @rule(pair=st.sampled_from(JOINS), user=users)
    def join_a_pair(self, pair: Join, user: str) -> None:
        found = {kind: device for device, kind in KINDS.items()}
        if pair.target in found and pair.other in found:
            self.join(user, pair.service, found[pair.target], found[pair.other])

    @rule(user=users, srv=st.sampled_from(("8.7.1", "8.7.2")), device=devices, other=devices)
    def join(self, user: str, srv: str, device: Eui64, other: Eui64) -> None:
        self.ask(user, srv, device, OtherDeviceID=other)

    @rule(user=users, device=devices)
    def decommission(self, user: str, device: Eui64) -> None:
        self.ask(user, "8.3", None, DeviceID=device)

    @rule(user=users, device=devices)
    def read(self, user: str, device: Eui64) -> None:
        self.ask(user, "6.2.4", device)

    @rule(device=devices, fault=st.sampled_from(("silent", "failing")))
    def break_or_mend(self, device: Eui64, fault: str) -> None:
        faulty = self.scene.home.silent if fault == "silent" else self.scene.home.failing
        faulty.symmetric_difference_update((device,))

    @rule(covered=st.booleans())
    def wan_comes_and_goes(self, covered: bool) -> None:
        self.scene.dcc.wan.cover(HUB, covered=covered)
        self.scene.run(seconds(2))

    @rule(octets=st.binary(max_size=80))
    def noise_from_the_hub(self, octets: bytes) -> None:
        self.scene.dcc.wan.up(HUB, octets)
        self.scene.run(seconds(2))

    @invariant()
    def every_request_is_answered_once(self) -> None:
        received = len(list(self.scene.trace.of(ServiceRequestReceived)))
        assert len(self.scene.dcc.mailbox.acknowledgements) == received

    @invariant()
    def commissioned_meters_said_so_over_the_wan(self) -> None:
        said = {
            fact.device
            for _, fact in self.scene.trace.of(ResponseReceived)
            if fact.srv == "8.1.1" and fact.successful and fact.over_wan
        }
        for meter in (ESME, GSME):
            record = self.scene.inventory.device(meter)
            if record is not None and record.status is SmiStatus.COMMISSIONED:
                assert meter in said

    @invariant()
    def what_joins_was_added_to_a_log(self) -> None:
        joined = any(
            fact.srv in ("8.7.1", "8.7.2") and fact.successful
            for _, fact in self.scene.trace.of(ResponseReceived)
        )
        for device in (GPF, PPMID, HCALCS):
            record = self.scene.inventory.device(device)
            if record is not None and record.status is SmiStatus.COMMISSIONED:
                assert joined

    @invariant()
    def displays_have_no_status(self) -> None:
        record = self.scene.inventory.device(IHD)
        assert record is None or record.status is None


TestRandomRequests = RandomRequests.TestCase
TestRandomRequests.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
