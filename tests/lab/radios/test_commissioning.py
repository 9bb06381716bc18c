"""Commissioning through a coordinator: refusals before anything begins, and a fake run."""

from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.lab.home.join_watch import SENT_IN_VAIN
from emulator.lab.radios.commissioning import (
    Commissioned,
    Commissioning,
    CommissionRequest,
    check_commission,
)
from emulator.lab.radios.coordinators import CoordinatorPlace, CoordinatorReport
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.facts import (
    AttributesRead,
    InterviewEnded,
    KeyEstablished,
    KeyEstablishmentFailed,
    NetworkKeySent,
)

METERS = Path(__file__).parents[2] / "data" / "shipments" / "two-meters.csv"


class FakeKind:
    """A dongle that is there at once, and whose devices are through once they are admitted."""

    title = "fake"
    limits: tuple[str, ...] = ("nothing real",)

    def __init__(self, keys: int = 4, *, through: bool = True) -> None:
        self.keys = keys
        self.through = through
        self.admitted: list[tuple[Eui64, bytes]] = []
        self.closed = False
        self.report: CoordinatorReport | None = None
        self.place: CoordinatorPlace | None = None

    def check(self, port: str) -> None:
        if not port:
            raise UsageError("no port")

    def open(self, _port: str, place: CoordinatorPlace) -> "FakeKind":
        self.place = place
        self.report = CoordinatorReport(
            eui64=Eui64(1), pan_id=1, channel=15, firmware="x", protocol="y", keys=self.keys
        )
        return self

    def admit(self, eui64: Eui64, link_key: bytes, seconds: int) -> None:
        assert self.place is not None
        assert 0 < seconds < 255
        self.admitted.append((eui64, link_key))
        if self.through:
            around = self.place.surroundings
            for fact in (
                KeyEstablished(eui64, 2, initiator=False),
                AttributesRead(0x0702, eui64, ((0, "7"),), "answered"),
                InterviewEnded(eui64, complete=True),
            ):
                around.trace.add(around.scheduler.now, "HUB", fact)

    def close_joining(self) -> None:
        self.closed = True


def run(kind: FakeKind, limit: int = 1) -> Commissioning:
    request = CommissionRequest(dongle="zigpy:x", devices=METERS, limit=limit)
    clock = PacedClock(factor=100)
    steps: list[tuple[str, Commissioned]] = []
    return Commissioning(
        request, kind, read_shipment(METERS), clock, lambda *step: steps.append(step)
    )


def test_every_device_is_admitted_by_its_install_code_and_followed_to_its_reading() -> None:
    kind = FakeKind()
    commissioning = run(kind)

    commissioning.form()
    through = commissioning.commission()

    assert through
    assert [eui64 for eui64, _ in kind.admitted] == list(commissioning.devices)
    assert kind.closed
    assert {each.suite for each in commissioning.devices.values()} == {2}
    assert all(each.values == {"0x0702:0x0000": "7"} for each in commissioning.devices.values())


def test_a_device_that_never_comes_is_named() -> None:
    commissioning = run(FakeKind(through=False))
    commissioning.form()

    assert not commissioning.commission()
    assert {each.failure for each in commissioning.devices.values()} == {"did not join"}


def test_a_key_table_that_is_too_short_ends_it_before_anybody_is_admitted() -> None:
    kind = FakeKind(keys=1)

    with pytest.raises(EnvironmentFault, match="room for 1 keys, 2 devices"):
        run(kind).form()

    assert kind.admitted == []


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    request = CommissionRequest(dongle="carrier:pigeon", devices=tmp_path / "none.csv")

    with pytest.raises(UsageError) as refusal:
        check_commission(request)

    assert len(refusal.value.problems) == 2
    assert "zigpy:PORT" in refusal.value.problems[0]


def test_a_request_that_can_be_begun_gives_its_kind_and_shipment(tmp_path: Path) -> None:
    request = CommissionRequest(dongle=f"zigpy:{tmp_path / 'dongle'}", devices=METERS)

    kind, shipment = check_commission(request)

    assert kind.limits
    assert len(shipment.joining) == 2


class RefusingKind(FakeKind):
    """A dongle with whose network no device agrees a key, for a reason that lasts."""

    def admit(self, eui64: Eui64, link_key: bytes, seconds: int) -> None:
        super().admit(eui64, link_key, seconds)
        assert self.place is not None
        trace = self.place.surroundings.trace
        if len(self.admitted) == 1:
            failed = KeyEstablishmentFailed(eui64, "UNKNOWN_ISSUER", initiator=False)
            trace.add(START, "HUB", failed)
            return
        for _ in range(SENT_IN_VAIN):
            trace.add(START, "HUB", NetworkKeySent(eui64, "PRECONFIGURED"))


def test_what_will_never_come_right_is_not_waited_for() -> None:
    kind = RefusingKind(through=False)
    commissioning = run(kind, limit=10_000)
    commissioning.form()

    assert not commissioning.commission()
    foreign, wrong_code = (each.failure for each in commissioning.devices.values())
    assert "foreign issuer" in foreign
    assert "wrong install code" in wrong_code
