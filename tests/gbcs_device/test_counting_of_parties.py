"""Whose counter guards a command that the access control broker sends (GBCS 4.3.1)."""

from dataclasses import replace

from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.facts import CommandExecuted
from emulator.gbcs_device.trust_anchors import trust_anchors
from emulator.testing.scenes.remote_party_bench import (
    GAINING_SUPPLIER,
    RemotePartyBench,
    bench_pki,
    bench_setup,
    verdict,
)

ACB = RemotePartyRole.ACCESS_CONTROL_BROKER


def test_a_party_behind_the_broker_is_counted_whatever_its_name() -> None:
    parties = {RemotePartyRole.SUPPLIER: GAINING_SUPPLIER}
    kept = trust_anchors(DeviceKind.GSME, bench_pki().keys, parties=parties)
    bench = RemotePartyBench(setup=replace(bench_setup(), anchors=kept))
    bare = bench.bare(0x0010, bytes.fromhex("0408 0102030405060708"), ACB, counter=5000)
    spoken_for = replace(bare, other_information=OtherInformation(0x0010, GAINING_SUPPLIER, 20))

    found = verdict(bench.send(bench.protected(spoken_for)))

    assert isinstance(found, CommandExecuted)
    assert bench.party(ACB) < GAINING_SUPPLIER
    assert kept.highest_counter(RemotePartyRole.SUPPLIER) == 20
