"""One command on the state of a device: now, later, cancelled, refused."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.gbcs_device.gbz.commands.handlings import HANDLINGS
from emulator.gbcs_device.gbz.meter import (
    CommandSource,
    perform,
    refuse,
    start_of,
    take_effect,
)
from emulator.gbcs_device.gbz.state.tokens import CheckDigitJudge
from emulator.gbcs_device.gbz.state.waiting import WaitingCommand, WaitingCommands
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import shared_folder
from emulator.testing.scenes.gbz_scene import SUPPLIER, component, filled, meter
from emulator.zcl.foundation.header import ZclHeader
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.payloads.device_management import UpdateSiteID
from emulator.zcl.payloads.metering import StartSampling
from emulator.zcl.payloads.prepayment import SetOverallDebtCap
from emulator.zcl.primitives import Side, ZclStatus

NOW, LATER = 500_000_000, 600_000_000
SOURCE = CommandSource(
    code=0x006F, counter=9, originator=SUPPLIER, moment=NOW, tokens=CheckDigitJudge()
)
CAP = (0x0705, 0x0006)


def cap(value: int, start: int) -> GbzComponent:
    """A command with a date."""
    request = SetOverallDebtCap(
        provider_id=0, issuer_event_id=0, implementation_date_time=start, overall_debt_cap=value
    )
    return component(0x0705, request, 3)


@pytest.mark.parametrize("start", [0, 1, NOW])
def test_what_is_due_is_done(start: int) -> None:
    store = meter().store

    assert perform(store, cap(5, start), SOURCE) == ZclStatus.SUCCESS

    assert store.attributes.get(*CAP) == 5
    assert store.waiting.commands == ()


def test_what_is_not_due_waits_with_where_it_came_from() -> None:
    store = meter().store

    assert perform(store, cap(5, NOW + 1), SOURCE) == ZclStatus.SUCCESS

    assert store.attributes.get(*CAP) == 0
    assert store.waiting.commands == (
        WaitingCommand(
            due=NOW + 1,
            message_code=0x006F,
            counter=9,
            originator=SUPPLIER,
            cluster=0x0705,
            frame_control=0x01,
            command=0x0C,
            topic=0,
            payload=cap(5, NOW + 1).payload,
        ),
    )


@pytest.mark.parametrize("start", [0, 0xFFFFFFFF, 0xFFFFFFFE])
def test_a_later_command_ends_what_waits(start: int) -> None:
    store = meter().store
    perform(store, cap(5, LATER), SOURCE)

    perform(store, cap(6, start), SOURCE)

    assert store.waiting.commands == ()
    assert store.attributes.get(*CAP) == (0 if start else 6)


def test_what_waits_may_wait_elsewhere() -> None:
    store, elsewhere = meter().store, WaitingCommands()

    perform(store, cap(5, LATER), SOURCE, elsewhere)

    assert (len(store.waiting.commands), len(elsewhere.commands)) == (0, 1)


@pytest.mark.parametrize(
    ("start", "date"), [(0, None), (NOW, None), (LATER, LATER), (0xFFFFFFFE, None)]
)
def test_only_a_date_to_come_is_one(start: int, date: int | None) -> None:
    assert start_of(cap(5, start), SOURCE) == date
    assert (
        start_of(component(0x0702, filled(StartSampling, start_sampling_time=LATER)), SOURCE)
        is None
    )


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        (replace(cap(5, 0), payload=b"\x00"), 0x80),
        (replace(cap(5, 0), additional_header=AdditionalHeader(0, 0)), 0x80),
        (replace(cap(5, 0), cluster=0x0001), 0x81),
        (replace(cap(5, 0), header=ZclHeader.decode(bytes.fromhex("09 00 0C"))), 0x81),
        (replace(cap(5, 0), header=ZclHeader.decode(bytes.fromhex("00 00 0C"))), 0x81),
        (replace(cap(5, 0), header=ZclHeader.decode(bytes.fromhex("05 3412 00 0C"))), 0x81),
    ],
    ids=["short", "encrypted", "cluster", "direction", "general", "manufacturer"],
)
def test_what_is_not_understood_is_refused(wrong: GbzComponent, status: int) -> None:
    store = meter().store
    before = store.snapshot()

    assert perform(store, wrong, SOURCE) == ZclStatus(status)
    assert refuse(wrong) == ZclStatus(status)
    assert start_of(wrong, SOURCE) is None

    assert store.snapshot() == before


def test_a_command_refuses_in_its_own_way() -> None:
    assert refuse(cap(5, 0)) == ZclStatus(0xC0)
    assert isinstance(refuse(component(0x0702, filled(StartSampling))), tuple)


def test_what_waited_takes_effect() -> None:
    store = meter().store
    perform(store, cap(5, LATER), SOURCE)
    (waiting,) = store.waiting.commands

    assert take_effect(store, waiting, LATER, SOURCE.tokens)

    assert store.attributes.get(*CAP) == 5


CHANGES: dict[str, Callable[[WaitingCommand], WaitingCommand]] = {
    "cluster": lambda waiting: replace(waiting, cluster=1),
    "command": lambda waiting: replace(waiting, command=0x77),
    "frame control": lambda waiting: replace(waiting, frame_control=0x09),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_unknown_by_then_does_not(change: str) -> None:
    store = meter().store
    perform(store, cap(5, LATER), SOURCE)
    (waiting,) = store.waiting.commands

    assert not take_effect(store, CHANGES[change](waiting), LATER, SOURCE.tokens)

    assert store.attributes.get(*CAP) == 0


def test_what_cannot_be_read_by_then_does_not() -> None:
    store = meter().store
    perform(store, cap(5, LATER), SOURCE)
    (waiting,) = store.waiting.commands

    assert not take_effect(store, replace(waiting, payload=b""), LATER, SOURCE.tokens)


def test_a_value_that_no_attribute_can_hold_is_the_senders_mistake() -> None:
    request = component(0x0708, filled(UpdateSiteID, site_id=bytes(255)))

    assert perform(meter().store, request, SOURCE) == ZclStatus.INVALID_VALUE


def test_every_cluster_command_of_the_reference_set_is_handled() -> None:
    path = shared_folder() / "data" / "gbcs_objects.json"
    require("reference objects", path.is_file(), "HANLAB_SHARED names a folder with data/")
    rows = json.loads(path.read_text())["zcl_commands"]
    sides = {"client-to-server": Side.SERVER, "server-to-client": Side.CLIENT}
    wanted = {
        (int(row["cluster"], 16), sides[row["direction"]], row["command_id"])
        for row in rows
        if row["in"] == "command" and row["frame"] == "cluster"
    }

    assert wanted == set(HANDLINGS)
    assert all(each.payload is PAYLOADS[key] for key, each in HANDLINGS.items())
