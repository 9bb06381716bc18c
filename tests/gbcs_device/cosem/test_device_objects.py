from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.members import MeterVariant, object_members
from emulator.dlms.access import AccessRequest
from emulator.dlms.data import Data, enumerated, long_unsigned, octet_string, structure
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import AccessKind, Descriptor
from emulator.dlms.notification import DataNotification
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.utrn import TokenKey, ValueClass, build_utrn
from emulator.gbcs_device.cosem.clock_duty import TIME
from emulator.gbcs_device.cosem.device_objects import (
    DEVICE_IDENTIFIER,
    METER_VARIANT,
    MeterMake,
    PaymentMode,
    communications_hub,
    electricity_meter,
    standalone_load_controller,
    stored_token_key,
)
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.hub_log_data import backup
from emulator.gbcs_device.cosem.network_control_duty import (
    ACTIVE_DEVICES,
    JOIN_TIMEOUT,
    JOINING,
    REGISTER_DEVICE,
)
from emulator.gbcs_device.cosem.token_duty import ENTER
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.hub_device_log import HubDeviceLog
from emulator.gbcs_device.primitives import AdmitDevice
from emulator.kernel.units import START, Calendar, hours, later
from emulator.testing.scenes.cosem_scene import (
    METER,
    Item,
    act,
    attribute,
    command,
    get,
    put,
    results,
    values,
)
from emulator.testing.scenes.remote_party_bench import (
    DEVICE,
    NOON,
    PARTNER,
    RemotePartyBench,
    alerts,
    bench_pki,
    bench_setup,
)
from emulator.testing.strategies.dlms_values import data_values, descriptors

CLOCK = DeviceClock(Calendar())
DEVICES = {
    "meter": electricity_meter(METER, CLOCK),
    "load controller": standalone_load_controller(METER, CLOCK),
    "hub": communications_hub(METER, HubDeviceLog(7)),
}


@pytest.mark.parametrize("device", DEVICES.values(), ids=DEVICES)
def test_device_tells_its_own_name(device: DlmsExecutor) -> None:
    name = octet_string(METER.to_bytes(8, "big"))

    assert values(device.execute(command(get(DEVICE_IDENTIFIER)))) == [name]


@pytest.mark.parametrize(
    ("variant", "letter"),
    [
        (MeterVariant.SINGLE_ELEMENT, b"A"),
        (MeterVariant.TWIN_ELEMENT, b"B"),
        (MeterVariant.POLYPHASE, b"C"),
    ],
)
def test_meter_tells_its_variant(variant: MeterVariant, letter: bytes) -> None:
    meter = electricity_meter(METER, CLOCK, MeterMake(variant=variant))

    assert values(meter.execute(command(get(METER_VARIANT)))) == [octet_string(letter)]


@pytest.mark.parametrize("mode", PaymentMode)
def test_meter_leaves_the_factory_in_a_payment_mode(mode: PaymentMode) -> None:
    meter = electricity_meter(METER, CLOCK, MeterMake(payment_mode=mode))

    (told,) = values(meter.execute(command(get(attribute(111, "0-0:19.0.0.255", 2)))))

    assert told == structure(enumerated(mode), enumerated(1))


def test_meter_with_keys_takes_the_tokens_of_its_supplier() -> None:
    keys = bench_pki().keys
    supplier = min(keys.with_role(RemotePartyRole.SUPPLIER))
    key_of = stored_token_key(keys, DEVICE)
    meter = electricity_meter(DEVICE, CLOCK, MeterMake(token_key=key_of))
    agreement = StoredKeyAgreement(keys, KeyUse.PREPAYMENT_KEY_AGREEMENT)
    token = build_utrn(TokenKey(supplier, DEVICE, agreement), 1 << 32, 5, ValueClass.POUNDS)
    entered = command(act(ENTER, octet_string(token.digits.encode())))
    asked = replace(entered, message=replace(entered.message, originator=supplier))

    assert results(meter.execute(asked)) == [0]
    assert key_of(METER) is None


@pytest.mark.parametrize("name", ["meter", "load controller"])
def test_meter_and_load_controller_tell_the_time(name: str) -> None:
    (time,) = values(DEVICES[name].execute(command(get(TIME))))

    assert time.value


def test_hub_tells_the_devices_in_its_log() -> None:
    assert results(DEVICES["hub"].execute(command(get(ACTIVE_DEVICES)))) == [0]


def test_meter_without_keys_takes_no_token() -> None:
    token = octet_string(b"7" * 20)

    assert results(DEVICES["meter"].execute(command(act(ENTER, token)))) == [250]


@pytest.mark.parametrize("device", DEVICES.values(), ids=DEVICES)
def test_device_can_be_saved_and_put_back(device: DlmsExecutor) -> None:
    before = device.snapshot()

    device.restore(before)

    assert device.snapshot() == before


def octets(*items: Item) -> bytes:
    payload = command(*items).payload
    assert isinstance(payload, AccessRequest)
    return payload.encode()


def body(bench: RemotePartyBench, effects: object) -> Data:
    """What the one alert among these effects says; it is rightly protected."""
    assert isinstance(effects, list | tuple)
    (alert,) = alerts(effects)
    bench.protection.require(alert)
    notification = decode_payload(alert)
    assert isinstance(notification, DataNotification)
    return notification.body


def test_supplier_is_told_when_a_price_comes_into_force() -> None:
    setup = bench_setup(DeviceKind.ESME)
    meter = electricity_meter(DEVICE, setup.clock)
    bench = RemotePartyBench(setup=setup, executor=meter)
    passive, active, time = (attribute(9000, "0-0:94.44.2.10", each) for each in (4, 2, 6))
    price, due = Data(DataType.DOUBLE_LONG, 5), NOON + timedelta(hours=1)
    items = put(passive, price), put(time, octet_string(date_time_octets(due)))
    bench.send(bench.protected(bench.bare(0x0019, octets(*items))))

    assert meter.store.value(active) != price
    assert bench.machine.deadline == later(START, hours(1))
    effects = bench.machine.wake(later(START, hours(1)))

    named = "0019 0000000000000001 2328 00005E2C020A 06"  # code, counter, class, object, attribute
    assert meter.store.value(active) == price
    assert body(bench, effects) == structure(
        long_unsigned(0x8F66),
        octet_string(date_time_octets(due)),
        octet_string(bytes.fromhex(named)),
    )


def test_broker_is_told_of_a_device_that_the_hub_admits() -> None:
    setup = bench_setup(DeviceKind.CHF)
    log = HubDeviceLog(7)
    bench = RemotePartyBench(setup=setup, executor=communications_hub(DEVICE, log))
    name, code = PARTNER.to_bytes(8, "big"), b"0123456789ABCDEF"
    device = structure(octet_string(name), enumerated(1), octet_string(code), enumerated(132))
    items = (
        act(REGISTER_DEVICE, device),
        put(JOIN_TIMEOUT, long_unsigned(90)),
        put(JOINING, Data(DataType.BOOLEAN, 0xFF)),
    )
    broker = RemotePartyRole.ACCESS_CONTROL_BROKER

    effects = bench.send(bench.protected(bench.bare(0x0001, octets(*items), broker)))

    assert AdmitDevice(PARTNER, 132, code, 90) in effects
    told = (long_unsigned(0x8F12), octet_string(date_time_octets(NOON)), backup(log, NOON))
    assert body(bench, effects) == structure(*told)


ITEMS = st.tuples(
    st.one_of(
        descriptors(),
        st.sampled_from(
            [
                Descriptor(kind, each.class_id, each.obis, number)
                for each in object_members()
                for kind, numbers in (
                    (AccessKind.GET, each.readable),
                    (AccessKind.SET, each.writable),
                    (AccessKind.ACTION, each.methods),
                )
                for number in numbers
            ]
        ),
    ),
    data_values(),
)


@pytest.mark.parametrize("device", DEVICES.values(), ids=DEVICES)
@given(items=st.lists(ITEMS, max_size=4), stops=st.booleans())
@settings(max_examples=30)
def test_any_request_is_answered_item_by_item(
    device: DlmsExecutor, items: list[Item], stops: bool
) -> None:
    executed = device.execute(command(*items, stops=stops))

    assert len(results(executed)) == len(items)
    assert executed.response is not None
    assert executed.response.encode()
