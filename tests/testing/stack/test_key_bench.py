from emulator.testing.stack.key_bench import KeyBench
from emulator.zcl.clusters.key_establishment import KeyCommand


def test_both_parties_come_to_the_same_key_over_a_straight_network() -> None:
    bench = KeyBench()

    bench.run()

    meter, hub = bench.keys
    assert len(meter) == 1
    assert meter == hub


def test_bend_can_swallow_a_command() -> None:
    bench = KeyBench(bend=lambda request: () if request.command == KeyCommand.INITIATE else [])

    bench.run()

    assert [request.command for request in bench.sent] == [KeyCommand.INITIATE]
    assert bench.at_hub == []
