"""A code becomes credit, once."""

import pytest

from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.moments import seconds_since_2000
from emulator.gbcs_device.gbz.state.tokens import KeyJudge
from emulator.testing.scenes.gbz_scene import MOMENT, answers, attribute, command, component, meter
from emulator.zcl.payloads.prepayment import ConsumerTopUp, ConsumerTopUpResponse

CODE = b"73950067887105178605"
CREDIT = (0x0705, 0x0001)


def top_up(
    executor: GbzExecutor, code: bytes = CODE, *faults: InjectedFault
) -> ConsumerTopUpResponse:
    """What a device on the HAN is answered that enters a code."""
    request = ConsumerTopUp(originating_device=2, top_up_code=code)
    asked = command([component(0x0705, request)], faults=faults)
    (answer,) = answers(executor, asked)
    return ConsumerTopUpResponse.decode(answer.payload)


def test_a_code_is_worth_credit_and_is_written_down() -> None:
    executor = meter({CREDIT: 100})

    answer = top_up(executor)

    assert (answer.result_type, answer.top_up_value) == (0, 1_250_000)
    assert (answer.source_of_top_up, answer.credit_remaining) == (2, 1_250_100)
    assert attribute(executor, *CREDIT) == 1_250_100
    (logged,) = executor.store.top_ups.top_ups
    assert (logged.top_up_code, logged.top_up_amount) == (CODE, 1_250_000)
    assert logged.top_up_time == seconds_since_2000(MOMENT)


def test_a_code_is_worth_nothing_the_second_time() -> None:
    executor = meter()
    top_up(executor)

    assert top_up(executor).result_type == 2

    assert attribute(executor, *CREDIT) == 1_250_000


@pytest.mark.parametrize("code", [b"", b"12345678910121314156", b"\xff" * 254])
def test_what_is_no_code_is_answered_as_invalid(code: bytes) -> None:
    executor = meter({CREDIT: 100})

    answer = top_up(executor, code)

    assert answer.encode() == bytes.fromhex("01 FFFFFFFF 00 FFFFFFFF")
    assert attribute(executor, *CREDIT) == 100


def test_a_top_up_that_fails_is_answered_as_invalid() -> None:
    executor = meter({CREDIT: 100})

    assert top_up(executor, CODE, InjectedFault(0, 0xC0)).result_type == 1

    assert attribute(executor, *CREDIT) == 100


def test_a_token_that_nobody_vouches_for_is_answered_as_invalid() -> None:
    executor = GbzExecutor(meter().store, KeyJudge(lambda _: None))

    assert top_up(executor).result_type == 1

    assert executor.store.taken_tokens.counters == ()
