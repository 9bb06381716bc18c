"""A standalone controller acts on what it is commanded, by its own objects."""

import json
from dataclasses import replace

from devices.sapc.controlling import Controlling
from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute
from emulator.dlms.access import AccessResult
from emulator.dlms.data import long_unsigned
from emulator.equipment.controller_watch import ControllerWatch, PressBoost
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.load_switch_duty import CONTROLLER_SCRIPTS
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.kernel.units import Instant
from emulator.testing.judges.device_rules import made, request_for
from emulator.testing.judges.reference_data import reference_messages
from emulator.testing.scenes.cosem_scene import act, command, get, put, results, values
from emulator.zigbee.addresses import Endpoint


def controlling() -> tuple[Controlling, DlmsExecutor]:
    request = request_for("SAPC")
    found = Controlling(request, Endpoint(1))
    return found, found.objects(DeviceClock(request.surroundings.calendar))


def reference(executor: DlmsExecutor, name: str) -> list[int]:
    found = next(each for each in reference_messages() if each.name.endswith(f"/{name}"))
    message = Message.decode(found.octets)
    return results(
        executor.execute(
            replace(
                command(),
                message=message,
                payload=decode_payload(message),
                use_case=use_case(message.other_information.message_code),
            )
        )
    )


def state(executor: DlmsExecutor, controller: int) -> dict[str, int]:
    shown = get(Attribute(1, parse_obis(f"0-0:94.44.0.3{controller}"), 2))
    (told,) = values(executor.execute(command(shown)))
    found: dict[str, int] = json.loads(str(told.value))
    return found


def test_reference_calendar_comes_into_force_and_switches() -> None:
    controller, executor = controlling()
    name = "ECS46d_6.14.3_IMMEDIATE_APC_INPUT_SUCCESS_COMMAND_GBCS"

    assert set(reference(executor, name)) == {AccessResult.SUCCESS}
    controller.controller.advance(Instant(0))

    assert len(controller.controller.auxiliary.calendar.entries) == 10
    assert controller.controller.deadline(Instant(0)) is not None


def test_command_is_shown_logged_and_survives_a_loss_of_power() -> None:
    controller, executor = controlling()
    assert results(executor.execute(command(act(CONTROLLER_SCRIPTS, long_unsigned(0x2350))))) == [0]
    kept = json.loads(json.dumps([executor.snapshot(), controller.controller.snapshot(Instant(0))]))

    again, objects = controlling()
    objects.restore(kept[0])
    again.controller.restore(kept[1])

    assert state(objects, 3) == {"outputState": 0, "inputState": 80}


def test_offset_under_the_limit_makes_its_calendar_late() -> None:
    # SMETS2 9.6.2.6 and 9.6.3.4, as the use-case annex of GBCS names them
    controller, executor = controlling()
    limit = Attribute(1, parse_obis("0-0:94.44.0.1"), 2)
    offset = get(Attribute(1, parse_obis("0-0:94.44.0.0"), 2))

    assert results(executor.execute(command(put(limit, long_unsigned(900))))) == [0]
    controller.controller.advance(Instant(0))
    (seconds,) = values(executor.execute(command(offset)))

    assert controller.controller.auxiliary.offset == int(str(seconds.value)) * 1_000_000
    assert 0 <= int(str(seconds.value)) <= 900


def test_device_watches_its_controllers_from_boot_to_boot() -> None:
    device = made(request_for("SAPC"))
    for _ in range(2):
        device.power_on()
        assert device.assembly is not None
        machines = device.assembly.machines
        assert sum(isinstance(each, ControllerWatch) for each in machines) == 1
        device.post(PressBoost(30))
        device.power_off()
