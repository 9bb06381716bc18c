"""The boost function, as a supplier configures and reads it (GBCS ECS61c, ECS62)."""

from emulator.cosem.server.made_values import parts_of
from emulator.dlms.access import AccessResult
from emulator.kernel.units import Instant
from emulator.metering.auxiliary_controllers import FULL, Direction, Port
from emulator.metering.quantities import HOUR
from tests.gbcs_device.cosem.living_meter import LivingMeter, integers, seconds


def boosted(living: LivingMeter) -> int:
    own = living.meter.own(Instant(living.at))
    return living.meter.auxiliary.level(Port(Direction.OUTPUT, 5), own)


def test_what_a_supplier_adds_to_the_boost_function_is_boosted_and_logged() -> None:
    living = LivingMeter()
    assert living.read(1, "0-0:94.44.7.255").value
    assert set(living.reference("ECS62Add_7.9_SUCCESS")) == {AccessResult.SUCCESS}
    living.look()
    own = living.meter.own(Instant(living.at))

    assert living.meter.auxiliary.begin_boost(own, own + HOUR)
    assert boosted(living) == FULL
    began = seconds(living.moment)
    living.wait(hours=2)
    living.look()

    assert boosted(living) == 0
    (entry,) = parts_of(living.read(7, "0-0:99.98.20.255"))
    assert integers(entry) == [began, began + 3_600]


def test_what_a_supplier_removes_is_boosted_no_more() -> None:
    living = LivingMeter()
    living.reference("ECS62Add_7.9_SUCCESS")
    living.look()
    living.reference("ECS62Remove_7.10_SUCCESS")
    living.look()
    own = living.meter.own(Instant(living.at))

    assert not living.meter.auxiliary.begin_boost(own, own + HOUR)
