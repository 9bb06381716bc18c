import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dlms.data import NULL, Data, array, octet_string, structure, unsigned
from emulator.gbcs_device.cosem.hub_log_data import (
    active_devices,
    backup,
    historic_backup,
    parts_of,
    read_active_devices,
    read_backup,
    read_eui64,
    read_network,
)
from emulator.gbcs_device.hub_device_log import (
    UNKNOWN_TYPE,
    HubDeviceLog,
    LinkStatistics,
    LoggedDevice,
)
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.cosem_scene import MOMENT
from emulator.testing.strategies.dlms_values import data_values

NAMES = st.integers(0, 2**64 - 1).map(Eui64)
HASHES = st.one_of(st.just(b""), st.binary(min_size=16, max_size=16))
OCTETS = st.integers(0, 255)
LEVELS = st.integers(-128, 127)
HEARD = st.builds(
    LinkStatistics,
    status=OCTETS,
    rssi=st.tuples(LEVELS, LEVELS, LEVELS),
    lqi=st.tuples(OCTETS, OCTETS, OCTETS),
    last_heard=st.binary(max_size=12),
    hops=OCTETS,
    failures=OCTETS,
    successes=OCTETS,
    application_version=OCTETS,
    stack_version=OCTETS,
)
METER = Eui64(0x00DB1234567890A0)


@given(NAMES, st.dictionaries(NAMES, HASHES, max_size=15))
def test_backups_tell_network_names_and_hashes(network: int, keys: dict[Eui64, bytes]) -> None:
    log = HubDeviceLog(network)
    log.replace(network, keys.items())
    log.hold_historic(keys)

    assert read_backup(backup(log, MOMENT)) == (network, keys)
    assert read_backup(historic_backup(log, MOMENT)) == (network, keys)


def test_backup_begins_with_its_time_and_network() -> None:
    log = HubDeviceLog(0x0001020304050607)

    told = backup(log, MOMENT)

    assert told == structure(
        octet_string(bytes.fromhex("07EA 01 05 FF 0C 00 00 00 8000 FF")),
        octet_string(bytes.fromhex("0001020304050607")),
        array(),
    )


@given(st.dictionaries(NAMES, HEARD, max_size=4))
def test_active_devices_tell_how_they_are_heard(heard: dict[Eui64, LinkStatistics]) -> None:
    log = HubDeviceLog(0)
    log.hold({eui64: LoggedDevice(1, b"k" * 16, each) for eui64, each in heard.items()})

    assert read_active_devices(active_devices(log), log) == log.devices


def test_devices_told_of_that_are_not_in_the_log_have_no_type() -> None:
    log = HubDeviceLog(0)
    log.register(METER, 1)

    told = read_active_devices(active_devices(log), HubDeviceLog(0))

    assert told == {METER: LoggedDevice(UNKNOWN_TYPE)}


@pytest.mark.parametrize(
    "network",
    [
        NULL,
        structure(),
        structure(octet_string(bytes(8)), NULL),
        structure(octet_string(bytes(7)), array()),
        structure(octet_string(bytes(8)), array(NULL)),
        structure(octet_string(bytes(8)), array(structure(octet_string(bytes(8)), NULL))),
        structure(
            octet_string(bytes(8)),
            array(structure(octet_string(bytes(8)), octet_string(bytes(15)))),
        ),
    ],
)
def test_what_is_no_network_is_none(network: Data) -> None:
    assert read_network(network) is None
    assert read_backup(structure(NULL, network)) is None


@pytest.mark.parametrize("name", [NULL, unsigned(1), octet_string(bytes(9))])
def test_what_is_no_name_is_none(name: Data) -> None:
    assert read_eui64(name) is None


@given(data_values())
def test_any_data_is_read_or_none(value: Data) -> None:
    assert read_active_devices(value, HubDeviceLog(0)) == {}
    assert read_backup(value) is None
    assert all(isinstance(part, Data) for part in parts_of(value))
