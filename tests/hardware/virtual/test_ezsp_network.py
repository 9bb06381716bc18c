"""Forming, opening, measuring and leaving by EZSP."""

from emulator.kernel.identity import Eui64
from hardware.ezsp.formats import (
    EnergyResult,
    Eui,
    Level,
    NetworkFound,
    NetworkParameters,
    Octet,
    OctetAndOctets,
    OctetAndWord,
    ParametersAnswer,
    StartScan,
    TwoOctets,
    Word,
)
from hardware.ezsp.identifiers import Command, EmberStatus, ValueId
from hardware.ezsp.key_formats import InitialSecurity, NetworkKeyInfo
from tests.hardware.virtual.ezsp_bench import CHANNEL, NETWORK_KEY, NOTHING, PAN, EzspBench

PARAMETERS = NetworkParameters(0xA1B2, PAN, 8, CHANNEL, 0, 0, 0, 0)
SECURITY = InitialSecurity(0x0300, bytes(16), NETWORK_KEY, 5, Eui64(0))


def statuses(bench: EzspBench) -> list[int]:
    return [each.value for each in bench.told(Command.STACK_STATUS_HANDLER, Octet)]


def test_a_new_co_processor_is_on_no_network() -> None:
    bench = EzspBench().reset()

    assert bench.status(Command.NETWORK_STATE) == 0
    assert bench.status(Command.NETWORK_INIT, Word(0)) == EmberStatus.NOT_JOINED
    assert bench.ask(Command.GET_NODE_ID, NOTHING, Word).value == 0xFFFE
    answer = bench.ask(Command.GET_NETWORK_PARAMETERS, NOTHING, ParametersAnswer)
    assert answer.status == EmberStatus.NOT_JOINED


def test_it_forms_the_network_it_was_told_to() -> None:
    bench = EzspBench().form()

    answer = bench.ask(Command.GET_NETWORK_PARAMETERS, NOTHING, ParametersAnswer)
    assert (answer.status, answer.node_type) == (0, 1)
    assert (answer.parameters.pan_id, answer.parameters.channel) == (PAN, CHANNEL)
    assert answer.parameters.extended_pan_id == 0xA1B2
    assert bench.ask(Command.GET_NODE_ID, NOTHING, Word).value == 0
    assert bench.ask(Command.GET_EUI64, NOTHING, Eui).eui64 >> 40 == 0x02484C


def test_the_status_of_forming_comes_after_the_response() -> None:
    bench = EzspBench().reset()
    bench.status(Command.SET_INITIAL_SECURITY_STATE, SECURITY)

    bench.status(Command.FORM_NETWORK, PARAMETERS)
    early = statuses(bench)
    bench.run(1)

    assert (early, statuses(bench)) == ([], [EmberStatus.NETWORK_UP])


def test_without_security_with_a_wrong_channel_and_twice_it_does_not_form() -> None:
    bench = EzspBench().reset()
    unsafe = bench.status(Command.FORM_NETWORK, PARAMETERS)
    bench.status(Command.SET_INITIAL_SECURITY_STATE, SECURITY)
    wrong = bench.status(Command.FORM_NETWORK, NetworkParameters(1, PAN, 8, 200, 0, 0, 0, 0))
    bench.form()
    twice = bench.status(Command.FORM_NETWORK, PARAMETERS)

    assert unsafe == EmberStatus.SECURITY_STATE_NOT_SET
    assert wrong == EmberStatus.BAD_ARGUMENT
    assert twice == EmberStatus.INVALID_CALL


def test_it_goes_on_from_the_frame_counter_the_host_gave() -> None:
    bench = EzspBench().reset()
    bench.status(Command.SET_INITIAL_SECURITY_STATE, SECURITY)
    counter = OctetAndOctets(ValueId.NWK_FRAME_COUNTER, (70_000).to_bytes(4, "little"))

    bench.status(Command.SET_VALUE, counter)
    bench.status(Command.FORM_NETWORK, PARAMETERS)
    bench.run(1)

    info = bench.ask(Command.GET_NETWORK_KEY_INFO, NOTHING, NetworkKeyInfo)
    assert (info.key_set, info.sequence) == (1, 5)
    assert 70_000 <= info.counter < 70_010


def test_it_leaves_and_can_form_again() -> None:
    bench = EzspBench().form()

    left = bench.status(Command.LEAVE_NETWORK)
    told = statuses(bench)
    again = bench.status(Command.FORM_NETWORK, PARAMETERS)
    bench.run(1)

    assert (left, told, again) == (0, [EmberStatus.NETWORK_DOWN], 0)
    assert statuses(bench) == [EmberStatus.NETWORK_UP]


def test_joining_opens_and_closes_by_itself() -> None:
    bench = EzspBench().form()

    bench.status(Command.PERMIT_JOINING, Octet(2))
    opened = statuses(bench)
    bench.run(3)

    assert opened == [EmberStatus.NETWORK_OPENED]
    assert statuses(bench) == [EmberStatus.NETWORK_CLOSED]


def test_joining_needs_a_network() -> None:
    assert EzspBench().reset().status(Command.PERMIT_JOINING, Octet(2)) == EmberStatus.NOT_JOINED


def test_energy_is_measured_channel_by_channel() -> None:
    bench = EzspBench().form()

    bench.status(Command.START_SCAN, StartScan(0, 1 << 11 | 1 << 26, 2))
    bench.run(1)

    results = bench.told(Command.ENERGY_SCAN_RESULT_HANDLER, EnergyResult)
    assert [each.channel for each in results] == [11, 26]
    assert all(-120 <= each.rssi < -70 for each in results)
    assert [each.second for each in bench.told(Command.SCAN_COMPLETE_HANDLER, TwoOctets)] == [0]


def test_networks_are_found() -> None:
    bench = EzspBench().reset()

    bench.status(Command.START_SCAN, StartScan(1, 1 << 15, 3))
    bench.run(1)

    assert bench.told(Command.NETWORK_FOUND_HANDLER, NetworkFound) == []
    assert [each.second for each in bench.told(Command.SCAN_COMPLETE_HANDLER, TwoOctets)] == [0]


def test_a_scan_of_nothing_is_refused() -> None:
    bench = EzspBench().form()

    assert bench.status(Command.START_SCAN, StartScan(0, 0, 2)) == EmberStatus.BAD_ARGUMENT
    assert bench.status(Command.START_SCAN, StartScan(0, 1 << 15, 15)) == EmberStatus.BAD_ARGUMENT


def test_power_and_random_numbers() -> None:
    bench = EzspBench().form()

    assert bench.status(Command.SET_RADIO_POWER, Level(-3)) == 0
    answer = bench.ask(Command.GET_NETWORK_PARAMETERS, NOTHING, ParametersAnswer)
    numbers = {bench.ask(Command.GET_RANDOM_NUMBER, NOTHING, OctetAndWord).value for _ in "1234"}
    assert answer.parameters.power == -3
    assert len(numbers) > 1
