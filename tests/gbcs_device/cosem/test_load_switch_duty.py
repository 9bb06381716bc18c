import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.cosem.server.members import members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResult
from emulator.dlms.data import NULL, Data, boolean, enumerated, long_unsigned
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.load_switch_duty import (
    CONTROL_STATE,
    CONTROLLER_SCRIPTS,
    LIMIT_SCRIPTS,
    OUTPUT_STATE,
    SUPPLY_SCRIPTS,
    load_switch_duty,
    states_of,
)
from emulator.testing.scenes.cosem_scene import act, attribute, command, results

ON = Data(DataType.BOOLEAN, 0xFF)
OFF = boolean(yes=False)


def device(kind: str = "ESME") -> DlmsExecutor:
    store = ObjectStore(members_of(kind))
    return DlmsExecutor(store, (load_switch_duty(store),))


def states(meter: DlmsExecutor, controller: int) -> object:
    described = attribute(1, f"0-0:94.44.0.3{controller}", 2)
    return json.loads(str(meter.store.value(described).value))


def switched(meter: DlmsExecutor, controller: int) -> Data:
    return meter.store.value(attribute(70, f"0-{controller}:96.3.10.255", 2))


@pytest.mark.parametrize(
    ("script", "control_state", "output"),
    [(51, 1, ON), (52, 0, OFF), (54, 2, OFF)],
    ids=["enable", "disable", "arm"],
)
def test_script_switches_the_supply(script: int, control_state: int, output: Data) -> None:
    meter = device()

    assert results(meter.execute(command(act(SUPPLY_SCRIPTS, long_unsigned(script))))) == [0]

    assert meter.store.value(CONTROL_STATE) == enumerated(control_state)
    assert meter.store.value(OUTPUT_STATE) == output


@pytest.mark.parametrize("parameters", [long_unsigned(53), enumerated(51), NULL])
def test_other_scripts_leave_the_supply_alone(parameters: Data) -> None:
    meter = device()
    before = meter.snapshot()

    executed = meter.execute(command(act(SUPPLY_SCRIPTS, parameters)))

    assert results(executed) == [AccessResult.OBJECT_UNAVAILABLE]
    assert meter.snapshot() == before


@pytest.mark.parametrize(
    ("script", "controller", "output", "level"),
    [
        (0x0111, 1, ON, 100),
        (0x0312, 3, OFF, 0),
        (0x0520, 5, OFF, 0),
        (0x1564, 5, ON, 100),
        (0x1100, 1, OFF, 0),
        (0x1232, 2, ON, 50),
    ],
    ids=["activate", "deactivate", "reset", "full", "none", "half"],
)
def test_script_commands_a_controller(
    script: int, controller: int, output: Data, level: int
) -> None:
    meter = device()

    assert results(meter.execute(command(act(CONTROLLER_SCRIPTS, long_unsigned(script))))) == [0]

    assert switched(meter, controller) == output
    assert states(meter, controller) == {"outputState": level, "inputState": 0}


def test_input_of_a_controller_is_no_output() -> None:
    meter = device()

    meter.execute(command(act(CONTROLLER_SCRIPTS, long_unsigned(0x2332))))

    assert states(meter, 3) == {"outputState": 0, "inputState": 50}
    assert switched(meter, 3) == ON


@pytest.mark.parametrize("held", ["", "[1]", '{"other": "kept"}'])
def test_what_else_is_told_of_a_controller_stays(held: str) -> None:
    meter = device()
    described = attribute(1, "0-0:94.44.0.31", 2)
    meter.store.hold(described, Data(DataType.UTF8_STRING, held))

    meter.execute(command(act(CONTROLLER_SCRIPTS, long_unsigned(0x1164))))

    kept = {"other": "kept"} if "kept" in held else {}
    assert states(meter, 1) == {"outputState": 100, "inputState": 0, **kept}


@pytest.mark.parametrize("script", [0x0011, 0x0611, 0x0113, 0x1165, 0x3100])
def test_unknown_controller_or_state_is_refused(script: int) -> None:
    meter = device()
    before = meter.snapshot()

    executed = meter.execute(command(act(CONTROLLER_SCRIPTS, long_unsigned(script))))

    assert results(executed) == [AccessResult.OBJECT_UNAVAILABLE]
    assert meter.snapshot() == before


@pytest.mark.parametrize(
    ("parameters", "result"),
    [
        (long_unsigned(0x2332), AccessResult.SUCCESS),
        (long_unsigned(0x2632), AccessResult.OBJECT_UNAVAILABLE),
        (NULL, AccessResult.OBJECT_UNAVAILABLE),
    ],
)
def test_limit_changes_no_state(parameters: Data, result: AccessResult) -> None:
    meter = device()
    before = meter.snapshot()

    assert results(meter.execute(command(act(LIMIT_SCRIPTS, parameters)))) == [result]
    assert meter.snapshot() == before


def test_controller_wants_a_number() -> None:
    executed = device().execute(command(act(CONTROLLER_SCRIPTS, enumerated(1))))

    assert results(executed) == [AccessResult.TYPE_UNMATCHED]


def test_standalone_load_controller_has_no_supply_to_switch() -> None:
    executed = device("SAPC").execute(command(act(SUPPLY_SCRIPTS, long_unsigned(51))))

    assert results(executed) == [AccessResult.OBJECT_UNDEFINED]


@given(st.integers(0, 0xFFFF))
def test_any_number_is_a_command_or_refused(script: int) -> None:
    meter = device("SAPC")

    (result,) = results(meter.execute(command(act(CONTROLLER_SCRIPTS, long_unsigned(script)))))

    assert result in (AccessResult.SUCCESS, AccessResult.OBJECT_UNAVAILABLE)


@pytest.mark.parametrize("written", ["no JSON", "[]", "[" * 100_000, "9" * 10_000])
def test_what_a_controller_s_object_should_not_hold_tells_nothing(written: str) -> None:
    assert states_of(Data(DataType.UTF8_STRING, written)) == {}
