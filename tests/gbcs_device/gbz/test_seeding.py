"""A state taken over from an answer makes that answer; what does not fit is ignored."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Cra
from emulator.gbcs.gbz import gbz_payload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.seeding import seed_store
from emulator.testing.scenes.gbz_scene import (
    answers,
    attribute,
    command,
    component,
    filled,
    meter,
    read,
    statuses,
)
from emulator.zcl.payloads.device_management import UpdateCIN
from emulator.zcl.payloads.metering import GetSampledData
from emulator.zcl.payloads.prepayment import GetTopUpLog, LoggedTopUp

CREDIT = (0x0705, 0x0001)
TOP_UP = LoggedTopUp(top_up_code=b"7", top_up_amount=5, top_up_time=9)
TOP_UPS = component(0x0705, GetTopUpLog(latest_end_time=99, number_of_records=5), 1)
SAMPLES = component(0x0702, filled(GetSampledData, number_of_samples=9), 2)
ASKED = (read(*CREDIT, sequence=0), TOP_UPS, SAMPLES)


def told() -> GbzExecutor:
    """A meter with credit, a top-up and samples."""
    executor = meter({CREDIT: 77})
    executor.store.top_ups.add(TOP_UP)
    executor.store.samples.start(0, 0, 0, 1800)
    executor.store.samples.add(0, 3)
    return executor


def seed(
    executor: GbzExecutor, asked: Sequence[GbzComponent], found: Sequence[GbzComponent]
) -> None:
    """Have a meter take over what components answer."""
    executor.seed(command(asked).message, gbz_payload(found))


def test_a_meter_answers_like_the_one_it_was_told_of() -> None:
    found = answers(told(), command(ASKED))
    executor = meter()

    seed(executor, ASKED, found)

    assert answers(executor, command(ASKED)) == found


def test_nothing_found_means_that_nothing_is_there() -> None:
    executor = told()

    seed(executor, ASKED, answers(meter(), command(ASKED)))

    assert statuses(executor, TOP_UPS, SAMPLES) == [(0x08, 0x8B), (0x08, 0x8B)]
    assert attribute(executor, *CREDIT) == 0


def test_a_failure_tells_nothing() -> None:
    executor = told()
    faults = [InjectedFault(0, 0xC0)]

    seed(executor, ASKED, answers(meter(), command(ASKED, faults=faults)))

    assert executor.snapshot() == told().snapshot()


@pytest.mark.parametrize("change", ["cluster", "sequence"])
def test_an_answer_to_something_else_tells_nothing(change: str) -> None:
    executor = told()
    (found,) = answers(meter(), command(ASKED[1:2]))
    other = {
        "cluster": replace(found, cluster=0x0702),
        "sequence": replace(found, header=answers(meter(), command(ASKED[2:]))[0].header),
    }

    seed(executor, ASKED[1:2], [other[change]])

    assert executor.snapshot() == told().snapshot()


def test_what_the_command_does_is_not_done() -> None:
    executor = meter()
    asked = [component(0x0708, filled(UpdateCIN, customer_id_number=b"1"))]

    seed(executor, asked, answers(meter(), command(asked)))

    assert attribute(executor, 0x0702, 0x0311) == b""


def test_what_cannot_be_read_is_ignored() -> None:
    executor = told()
    found = answers(meter(), command(ASKED))
    message = command(ASKED).message

    seed(executor, ASKED, [replace(each, payload=b"\x00") for each in found])
    seed_store(executor.store, replace(message, payload=b"\x01\x09\x05"), gbz_payload(found))
    seed_store(executor.store, message, Asn1Payload(0x0013, Cra.COMMAND, None))
    seed(executor, [replace(TOP_UPS, cluster=0x0001)], [replace(found[1], cluster=0x0001)])

    assert executor.snapshot() == told().snapshot()
