import pytest

from emulator.cosem.server.members import members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.access import AccessResponse, AccessResult
from emulator.dlms.data import (
    NULL,
    Data,
    array,
    boolean,
    enumerated,
    long_unsigned,
    octet_string,
    structure,
)
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.dlms_executor import DlmsExecutor
from emulator.gbcs_device.cosem.hub_log_data import backup, historic_backup
from emulator.gbcs_device.cosem.network_control_duty import (
    ACTIVE_DEVICES,
    BACKUP_HISTORIC,
    BACKUP_PAN,
    JOIN_TIMEOUT,
    JOINING,
    REGISTER_DEVICE,
    RESTORE_PAN,
    UNREGISTER_DEVICE,
    log_changed,
    network_control_duty,
)
from emulator.gbcs_device.execution import Executed
from emulator.gbcs_device.hub_device_log import CAPACITY, HubDeviceLog, LinkStatistics
from emulator.gbcs_device.primitives import (
    AdmitDevice,
    AllowJoining,
    DismissDevice,
    RestoreNetwork,
)
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.cosem_scene import (
    MOMENT,
    Item,
    act,
    command,
    get,
    put,
    results,
    values,
)

METER = Eui64(0x00DB1234567890A0)
PROXY = Eui64(0x00DB1234567890A3)
CODE = bytes.fromhex("30313233343536373839414243444546")
KEY = bytes(range(16))
YES = Data(DataType.BOOLEAN, 0xFF)
NETWORK = 0x0001020304050607


class Hub:
    """A hub with its objects and its log."""

    def __init__(self) -> None:
        self.log = HubDeviceLog(NETWORK)
        store = ObjectStore(members_of("CHF"))
        self.executor = DlmsExecutor(store, (network_control_duty(store, self.log),))

    def do(self, *items: Item) -> Executed:
        return self.executor.execute(command(*items))

    def add(self, eui64: Eui64 = METER, device_type: int = 0) -> Executed:
        return self.do(*adding(eui64, device_type))


def name(eui64: Eui64) -> Data:
    return octet_string(eui64.to_bytes(8, "big"))


def adding(eui64: Eui64 = METER, device_type: int = 0, timeout: int = 90) -> tuple[Item, ...]:
    device = structure(name(eui64), enumerated(1), octet_string(CODE), enumerated(device_type))
    return (
        act(REGISTER_DEVICE, device),
        put(JOIN_TIMEOUT, long_unsigned(timeout)),
        put(JOINING, YES),
    )


@pytest.fixture
def hub() -> Hub:
    return Hub()


def test_added_device_is_told_of_and_admitted(hub: Hub) -> None:
    executed = hub.add()

    assert results(executed) == [0, 0, 0]
    assert executed.effects == (
        log_changed(hub.log, MOMENT),
        AdmitDevice(METER, 0, CODE, 90),
    )
    assert hub.log.devices[METER].hashed_key == b""


def test_device_that_was_here_before_is_admitted_under_its_old_key(hub: Hub) -> None:
    hub.log.hold_historic({METER: KEY})

    assert hub.add().effects[1] == AdmitDevice(METER, 0, CODE, 90, historic=True)


def test_device_that_is_logged_keeps_its_key_and_is_not_told_of(hub: Hub) -> None:
    hub.add()
    hub.log.keyed(METER, KEY)

    executed = hub.add()

    assert results(executed) == [0, 0, 0]
    assert executed.effects == (AllowJoining(90),)
    assert hub.log.devices[METER].hashed_key == KEY


def test_gas_proxy_is_logged_and_never_admitted(hub: Hub) -> None:
    executed = hub.add(PROXY, 254)

    assert executed.effects == (log_changed(hub.log, MOMENT), AllowJoining(90))


def test_joining_can_be_closed(hub: Hub) -> None:
    assert hub.do(put(JOINING, boolean(yes=False))).effects == (AllowJoining(0),)


def test_device_is_admitted_only_by_the_command_that_adds_it(hub: Hub) -> None:
    hub.do(adding()[0])

    hub.do(put(JOINING, boolean(yes=False)))

    assert hub.do(*adding()[1:]).effects == (AllowJoining(90),)


def test_seventeenth_device_is_refused(hub: Hub) -> None:
    for number in range(CAPACITY):
        hub.add(Eui64(number))

    executed = hub.add(Eui64(99))

    assert results(executed)[0] == AccessResult.TEMPORARY_FAILURE
    assert executed.effects == ()


@pytest.mark.parametrize(
    "device",
    [
        NULL,
        structure(),
        structure(NULL, enumerated(1), octet_string(CODE), enumerated(0)),
        structure(name(METER), enumerated(2), octet_string(CODE), enumerated(0)),
        structure(name(METER), enumerated(1), octet_string(CODE[1:]), enumerated(0)),
        structure(name(METER), enumerated(1), NULL, enumerated(0)),
        structure(name(METER), enumerated(1), octet_string(CODE), NULL),
    ],
)
def test_what_names_no_device_is_refused(hub: Hub, device: Data) -> None:
    executed = hub.do(act(REGISTER_DEVICE, device))

    assert results(executed) == [AccessResult.TYPE_UNMATCHED]
    assert hub.log.devices == {}


def test_removed_device_is_dismissed_and_told_of(hub: Hub) -> None:
    hub.add()
    hub.log.keyed(METER, KEY)

    executed = hub.do(act(UNREGISTER_DEVICE, name(METER)))

    assert executed.effects == (DismissDevice(METER), log_changed(hub.log, MOMENT))
    assert (hub.log.devices, hub.log.historic) == ({}, {METER: KEY})


@pytest.mark.parametrize(
    ("parameters", "result"),
    [(name(METER), AccessResult.OBJECT_UNAVAILABLE), (NULL, AccessResult.TYPE_UNMATCHED)],
)
def test_who_is_not_logged_cannot_be_removed(
    hub: Hub, parameters: Data, result: AccessResult
) -> None:
    executed = hub.do(act(UNREGISTER_DEVICE, parameters))

    assert (results(executed), executed.effects) == ([result], ())


def test_network_of_another_hub_is_restored(hub: Hub) -> None:
    entry = structure(name(METER), octet_string(KEY))
    network = structure(octet_string(bytes(7) + b"\x07"), array(entry))

    executed = hub.do(act(RESTORE_PAN, network))

    assert results(executed) == [0]
    assert executed.effects == (
        RestoreNetwork(7, ((METER, KEY),)),
        log_changed(hub.log, MOMENT),
    )
    assert hub.log.extended_pan_id == 7


def test_network_that_is_none_or_too_large_is_not_restored(hub: Hub) -> None:
    entries = (structure(name(Eui64(each)), octet_string(KEY)) for each in range(CAPACITY + 1))
    large = structure(octet_string(bytes(8)), array(*entries))

    assert results(hub.do(act(RESTORE_PAN, NULL))) == [AccessResult.TYPE_UNMATCHED]
    assert results(hub.do(act(RESTORE_PAN, large))) == [AccessResult.TEMPORARY_FAILURE]
    assert hub.log.extended_pan_id == NETWORK


def test_both_logs_are_read(hub: Hub) -> None:
    hub.add()
    hub.log.hold_historic({PROXY: KEY})

    executed = hub.do(act(BACKUP_PAN), act(BACKUP_HISTORIC))

    assert values(executed) == [backup(hub.log, MOMENT), historic_backup(hub.log, MOMENT)]


def test_answers_are_given_again_after_they_were_told(hub: Hub) -> None:
    hub.add()
    hub.log.keyed(METER, KEY)
    hub.log.heard(METER, LinkStatistics(hops=1))
    hub.log.hold_historic({PROXY: KEY})
    asked = command(act(BACKUP_PAN), act(BACKUP_HISTORIC), get(ACTIVE_DEVICES))
    answer = hub.executor.execute(asked).response
    assert isinstance(answer, AccessResponse)
    other = Hub()

    other.executor.seed(asked.message, answer)

    assert other.executor.execute(asked).response == answer


def test_log_survives_a_loss_of_power(hub: Hub) -> None:
    hub.add()
    other = Hub()

    other.executor.restore(hub.executor.snapshot())

    assert other.log.snapshot() == hub.log.snapshot()
