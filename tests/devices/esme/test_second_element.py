"""A twin element meter has endpoints for its second element, the others have none."""

from dataclasses import replace

from devices.esme.second_element import SECOND_ESI, SECOND_METER
from emulator.equipment.meter_machine import TakeLoad
from emulator.equipment.request import DeviceRequest
from emulator.kernel.units import Instant
from emulator.metering.quantities import HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.smart_energy.settings import ElectricityMeterSettings
from emulator.testing.judges.device_rules import built, complaints, made, request_for
from emulator.zcl.attribute_store import AttributeStore
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.primitives import SetAttributeRequest


def twin() -> DeviceRequest:
    request = request_for("ESME")
    variant = ElectricityMeterSettings(variant="twin")
    return replace(request, settings=replace(request.settings, electricity_meter=variant))


def test_endpoints_of_both_elements_are_as_smart_energy_has_them() -> None:
    endpoints = made(twin()).description.endpoints

    assert [each.endpoint for each in endpoints][3:] == [SECOND_ESI, SECOND_METER]
    assert complaints(endpoints) == []
    AttributeStore(endpoints)


def test_meter_of_one_element_has_no_second_one() -> None:
    assert len(built("ESME").description.endpoints) == 3


def test_register_and_power_of_the_second_element_are_shown() -> None:
    request = twin()
    device = made(request)
    told: list[SetAttributeRequest] = []
    device.observe((SetAttributeRequest,), told.append)
    device.power_on()
    device.post(TakeLoad(Channel.SECONDARY_IMPORT, StepFunction([(0, 2_000_000)])))

    request.surroundings.scheduler.run(until=Instant(HOUR))

    shown = {each.endpoint: each.value for each in told}
    assert shown == {SECOND_METER: 2_000}
    meter = device.description.endpoints[4]
    live = {each.attribute: each.live for each in meter.attributes if each.cluster == METERING.id}
    looked = [look(Instant(HOUR)) for at, look in live.items() if look and at in (0x0400, 0x0401)]
    assert looked == [2_000, 2_000]
