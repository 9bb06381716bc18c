"""What is forgotten without power: what the defect says, and nothing else."""

from devices.faulty.forgetting import Memory, forgetting
from emulator.smart_energy.device import Applications
from emulator.testing.scenes.remote_party_bench import RemotePartyBench


def test_what_a_defect_forgets_is_as_it_was_and_everything_else_is_kept() -> None:
    bench = RemotePartyBench()
    good = Applications((bench.machine,), {"remote_parties": bench.machine})

    def forget(kept: Memory, fresh: Memory) -> Memory:
        return {**kept, "counter": fresh["counter"]}

    part = forgetting(good, forget).persistent["remote_parties"]
    bench.machine.counter.last = 7
    bench.machine.identity.anchors.record_counter(2, 9)
    kept = part.snapshot()
    part.restore(kept)

    assert bench.machine.counter.last == 0
    assert bench.machine.snapshot()["identity"]["anchors"]["counters"] == [[2, 9]]


def test_parts_that_are_no_remote_party_side_are_kept_as_they_are() -> None:
    bench = RemotePartyBench()
    other = bench.machine.counter
    good = Applications((), {"other": bench.machine.identity, "counter": bench.machine.clock})

    kept = forgetting(good, lambda kept, _: kept).persistent

    assert kept == good.persistent
    assert other.last == 0
