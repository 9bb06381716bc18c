"""A home behind a line, without a socket."""

import pytest

from emulator.bench.gfi_line.served_home import ServedHome
from emulator.bench.gfi_line.serving import lab_keys
from emulator.equipment.request import RemoteParties
from emulator.gbcs.envelope import Cra, Message
from emulator.kernel.errors import EnvironmentFault
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.lab import ROOMS, Lab
from emulator.lab.laboratory import LabOptions
from emulator.testing.scenes.gfi_scene import GAS_METER, METER, command, meter_shipment, served


@pytest.fixture(scope="module")
def home() -> ServedHome:
    return served("ESME", "GSME")


def test_a_meter_answers(home: ServedHome) -> None:
    asked = command(10)

    home.give(asked.encode(), METER)

    (response,) = map(Message.decode, home.take())
    assert (response.cra, response.counter) == (Cra.RESPONSE, 10)
    assert home.take() == ()


def test_a_gas_meter_answers_when_it_wakes(home: ServedHome) -> None:
    asked = command(11, 0x0074, GAS_METER)

    home.give(asked.encode(), GAS_METER)

    assert [Message.decode(each).originator for each in home.take()] == [GAS_METER]


def test_what_nobody_answers_ends_the_waiting(home: ServedHome) -> None:
    before = home.lab.scheduler.now

    home.give(b"no message", None)
    home.give(command(10).encode()[:-1], METER)

    assert home.take() == ()
    assert home.lab.scheduler.now - before < 200_000_000


def test_a_home_that_does_not_come_up_says_where_it_stopped() -> None:
    shipment = meter_shipment("ESME")
    wrong = parse_overrides(
        ("00-DB-12-34-56-78-90-A0.install_code=30313233343536373839414243444546F596",),
        ROOMS,
        shipment,
    )
    keys = lab_keys(None, [each.eui64 for each in shipment.devices])

    with pytest.raises(EnvironmentFault, match="ESME joins under its install code"):
        ServedHome(Lab(shipment, LabOptions(overrides=wrong)), RemoteParties(keys=keys))
