"""What is forgotten without power: counters, and nothing else."""

from devices.faulty.forgetting import forgetting
from emulator.smart_energy.device import Applications
from emulator.testing.remote_party_bench import RemotePartyBench


def test_counters_are_not_kept_and_everything_else_is() -> None:
    bench = RemotePartyBench()
    bench.machine.identity.anchors.record_counter(2, 7)
    good = Applications((bench.machine,), {"remote_parties": bench.machine})

    part = forgetting(good).persistent["remote_parties"]
    kept, whole = part.snapshot(), bench.machine.snapshot()
    part.restore(kept)

    assert whole["identity"]["anchors"]["counters"] == [[2, 7]]
    assert bench.machine.snapshot()["identity"]["anchors"]["counters"] == []
    assert kept["clock"] == whole["clock"]
