"""Bindings: made, removed, found, kept."""

from emulator.kernel.identity import Eui64
from emulator.zigbee.addresses import ClusterId, Endpoint
from emulator.zigbee.aps.binding_table import Binding, BindingTable
from emulator.zigbee.aps.primitives import ApsStatus

ROW = Binding(Endpoint(1), ClusterId(0x0702), Eui64(0xA2), Endpoint(2))
OTHER = Binding(Endpoint(1), ClusterId(0x0700), Eui64(0xA2), Endpoint(2))


def test_a_binding_made_twice_stands_once() -> None:
    table = BindingTable()

    statuses = [table.bind(ROW), table.bind(ROW), table.bind(OTHER)]

    assert statuses == [ApsStatus.SUCCESS] * 3
    assert table.rows == (ROW, OTHER)
    assert table.of(Endpoint(1), ClusterId(0x0702)) == (ROW,)


def test_a_full_table_takes_no_further_binding() -> None:
    table = BindingTable(capacity=1)
    table.bind(ROW)

    assert table.bind(OTHER) is ApsStatus.TABLE_FULL
    assert table.bind(ROW) is ApsStatus.SUCCESS


def test_a_binding_that_is_not_there_cannot_be_removed() -> None:
    table = BindingTable()
    table.bind(ROW)

    assert [table.unbind(ROW), table.unbind(ROW)] == [ApsStatus.SUCCESS, ApsStatus.INVALID_BINDING]


def test_bindings_survive_a_power_cycle() -> None:
    table, again = BindingTable(), BindingTable()
    table.bind(ROW)
    table.bind(OTHER)

    again.restore(table.snapshot())
    table.clear()

    assert (again.rows, table.rows) == ((ROW, OTHER), ())
