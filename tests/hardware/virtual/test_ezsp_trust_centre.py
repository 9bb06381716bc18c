"""Who gets the network key, and what the host is told of each."""

from emulator.kernel.identity import Eui64
from emulator.smart_energy.facts import NetworkKeyReceived
from hardware.ezsp.formats import ChildJoin, Long, Octet, TrustCentreJoin, TwoOctets
from hardware.ezsp.identifiers import Command, JoinDecision, NodeType
from hardware.ezsp.key_formats import ImportTransientKey
from hardware.ezsp.message_formats import RemoveDevice
from tests.hardware.virtual.ezsp_bench import EzspBench

ESME = Eui64(0x00DB1234567890A0)
ANYBODY = Eui64(0xFFFFFFFFFFFFFFFF)
UNSECURED_JOIN, LEFT = 1, 2


def keyed(bench: EzspBench) -> bool:
    return any(isinstance(record.fact, NetworkKeyReceived) for record in bench.trace.records)


def test_a_meter_joins_by_its_install_code_and_the_host_is_told() -> None:
    bench = EzspBench().form()

    bench.admit()

    (child,) = bench.told(Command.CHILD_JOIN_HANDLER, ChildJoin)
    (told,) = bench.told(Command.TRUST_CENTER_JOIN_HANDLER, TrustCentreJoin)
    assert (child.eui64, child.joining, child.node_type) == (ESME, 1, NodeType.ROUTER)
    assert (told.eui64, told.update) == (ESME, UNSECURED_JOIN)
    assert told.decision == JoinDecision.USE_PRECONFIGURED_KEY
    assert keyed(bench)


def test_a_meter_without_a_key_is_denied() -> None:
    bench = EzspBench().form()
    bench.status(Command.PERMIT_JOINING, Octet(200))

    bench.meter()
    bench.run(6)

    told = bench.told(Command.TRUST_CENTER_JOIN_HANDLER, TrustCentreJoin)
    assert {each.decision for each in told} == {JoinDecision.DENY_JOIN}
    assert not keyed(bench)


def test_a_key_for_anybody_does_not_count_where_install_codes_are_wanted() -> None:
    bench = EzspBench().form()
    bench.ask(Command.IMPORT_TRANSIENT_KEY, ImportTransientKey(ANYBODY, bytes(16), 0), Long)
    bench.status(Command.SET_POLICY, TwoOctets(0, 0x11))
    bench.status(Command.PERMIT_JOINING, Octet(200))

    bench.meter()
    bench.run(6)

    told = bench.told(Command.TRUST_CENTER_JOIN_HANDLER, TrustCentreJoin)
    assert {each.decision for each in told} == {JoinDecision.DENY_JOIN}


def test_a_policy_against_joins_denies_everybody() -> None:
    bench = EzspBench().form()
    bench.ask(Command.IMPORT_TRANSIENT_KEY, ImportTransientKey(ESME, bytes(16), 0), Long)
    bench.status(Command.SET_POLICY, TwoOctets(0, 0))
    bench.status(Command.PERMIT_JOINING, Octet(200))

    bench.meter()
    bench.run(6)

    told = bench.told(Command.TRUST_CENTER_JOIN_HANDLER, TrustCentreJoin)
    assert {each.decision for each in told} == {JoinDecision.DENY_JOIN}


def test_a_removed_meter_leaves() -> None:
    bench = EzspBench().form()
    bench.admit()
    bench.told(Command.TRUST_CENTER_JOIN_HANDLER, TrustCentreJoin)

    assert bench.status(Command.REMOVE_DEVICE, RemoveDevice(0, ESME, ESME)) == 0
    bench.run(2)

    told = bench.told(Command.TRUST_CENTER_JOIN_HANDLER, TrustCentreJoin)
    assert LEFT in {each.update for each in told}
