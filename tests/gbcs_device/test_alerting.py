"""Telling remote parties of what happened."""

from dataclasses import replace

from emulator.gbcs.asn1.codes import KeyUsage
from emulator.gbcs.envelope import Message
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.device_kind import DeviceKind, cell
from emulator.gbcs_device.facts import AlertNotSent, AlertSent
from emulator.gbcs_device.primitives import AlertRequest
from emulator.kernel.units import START
from emulator.testing.scenes.remote_party_bench import RemotePartyBench, alerts, bench_setup


def only_alert(bench: RemotePartyBench, request: object) -> Message:
    (found,) = alerts(bench.machine.handle(request, START))
    assert bench.protection.verify(found).valid
    return found


def test_a_supplier_event_goes_to_the_supplier_with_a_mac() -> None:
    bench = RemotePartyBench(DeviceKind.ESME)

    found = only_alert(bench, AlertRequest(0x810E))

    assert found.recipient == bench.party(Role.SUPPLIER)
    assert (found.other_information.message_code, found.signature) == (0x1001, b"")


def test_an_operator_event_goes_to_the_network_operator() -> None:
    bench = RemotePartyBench(DeviceKind.ESME)

    assert only_alert(bench, AlertRequest(0x8002)).recipient == bench.party(Role.NETWORK_OPERATOR)


def test_a_critical_event_is_signed() -> None:
    bench = RemotePartyBench(DeviceKind.ESME)

    found = only_alert(bench, AlertRequest(0x8F30))

    assert found.signature
    assert found.mac is None


def test_a_device_without_supplier_tells_the_broker() -> None:
    bench = RemotePartyBench(DeviceKind.CHF)

    found = only_alert(bench, AlertRequest(0x8F3E))

    assert found.recipient == bench.party(Role.ACCESS_CONTROL_BROKER)


def test_every_alert_has_a_higher_counter_than_all_before() -> None:
    bench = RemotePartyBench()

    counters = [only_alert(bench, AlertRequest(0x8F3E)).counter for _ in range(3)]

    assert counters == [1, 2, 3]


def test_facts_tell_of_an_alert() -> None:
    bench = RemotePartyBench()

    effects = bench.machine.handle(AlertRequest(0x8F3E), START)

    assert effects[0] == AlertSent(
        0x8F3E,
        "Unauthorised Communication Access attempted",
        0x1000,
        bench.party(Role.SUPPLIER),
        1,
    )


def test_an_event_of_another_kind_is_not_told() -> None:
    assert list(RemotePartyBench().machine.handle(AlertRequest(0x8F12), START)) == []


def test_an_alert_for_nobody_is_a_fact() -> None:
    setup = bench_setup()
    for role in (Role.SUPPLIER, Role.ACCESS_CONTROL_BROKER):
        for each in setup.anchors.cells_of(role):
            setup.anchors.empty(each)
    bench = RemotePartyBench(setup=setup)

    effects = bench.machine.handle(AlertRequest(0x8F3E), START)

    assert effects == [AlertNotSent(0x8F3E, "nobody it is for stands in a cell of this device")]


def test_an_alert_that_cannot_be_protected_is_a_fact() -> None:
    setup = bench_setup()
    setup.anchors.empty(cell(Role.SUPPLIER, KeyUsage.KEY_AGREEMENT))
    bench = RemotePartyBench(setup=setup)

    (fact,) = bench.machine.handle(AlertRequest(0x810E), START)

    assert isinstance(fact, AlertNotSent)
    assert "MAC" in fact.reason


def test_content_that_does_not_fit_is_a_fact() -> None:
    (fact,) = RemotePartyBench(DeviceKind.ESME).machine.handle(AlertRequest(0x8F72, b"\x09"), START)

    assert isinstance(fact, AlertNotSent)


def test_a_standalone_apc_names_the_command_it_does_not_know() -> None:
    bench = RemotePartyBench(DeviceKind.SAPC)
    window = bench.bare(0x007F, bytes.fromhex("3000"), counter=0x0102)
    good = bench.protected(replace(window, recipient=bench.machine.identity.eui64))

    (found,) = alerts(bench.send(good))

    assert found.other_information.message_code == 0x0120
    # octet string of 10: message code, counter
    assert found.payload.endswith(bytes.fromhex("090A 007F 0000000000000102"))
