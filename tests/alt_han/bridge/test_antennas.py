from emulator.alt_han.bridge.antennas import ends_of, split
from emulator.alt_han.bridge.settings import BackhaulSettings
from emulator.lab.laboratory import LabOptions
from emulator.lab.world.world import World


def test_a_split_radio_has_a_radio_of_the_surroundings_at_either_end() -> None:
    world = World(LabOptions())

    split("BRIDGE", world.surroundings(), BackhaulSettings())

    assert ends_of("BRIDGE") == ("BRIDGE wired end", "BRIDGE remote end")
    assert [len(world.radios.of(end)) for end in ends_of("BRIDGE")] == [1, 1]
    assert world.radios.of("BRIDGE") == ()
