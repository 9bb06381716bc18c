from emulator.zcl.cluster import (
    Access,
    Attribute,
    Cluster,
    ClusterSide,
    Command,
    both_ways,
    grid,
    run,
    series,
)
from emulator.zcl.data_types import DataType
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import ClusterId

FIRST = Attribute(0x0100, "Tier{}", DataType.UINT48, Access.READ_WRITE)


def ids_and_names(attributes: tuple[Attribute, ...]) -> list[tuple[int, str]]:
    return [(each.id, each.name) for each in attributes]


def test_series_numbers_attributes_a_step_apart() -> None:
    made = series(FIRST, range(1, 4), step=2)

    assert ids_and_names(made) == [(0x0100, "Tier1"), (0x0102, "Tier2"), (0x0104, "Tier3")]
    assert {each.access for each in made} == {Access.READ_WRITE}


def test_grid_names_row_and_column() -> None:
    made = grid(Attribute(0x0710, "Tier{}Block{}", DataType.UINT48), range(1, 3), range(1, 3))

    assert ids_and_names(made) == [
        (0x0710, "Tier1Block1"),
        (0x0711, "Tier1Block2"),
        (0x0720, "Tier2Block1"),
        (0x0721, "Tier2Block2"),
    ]


def test_both_ways_alternate() -> None:
    made = both_ways(Attribute(0x0444, "PreviousMonth{}Consumption{}", DataType.UINT32), (2, 3))

    assert ids_and_names(made) == [
        (0x0444, "PreviousMonth2ConsumptionDelivered"),
        (0x0445, "PreviousMonth2ConsumptionReceived"),
        (0x0446, "PreviousMonth3ConsumptionDelivered"),
        (0x0447, "PreviousMonth3ConsumptionReceived"),
    ]


def test_run_names_consecutive_attributes() -> None:
    assert ids_and_names(run(Attribute(1, "{}", DataType.MAP8), "One Two")) == [
        (1, "One"),
        (2, "Two"),
    ]


def test_side_finds_attributes_and_commands() -> None:
    side = ClusterSide((FIRST,), (Command(0x02, "Do"),))
    cluster = Cluster(ClusterId(1), "Made", "none", client=side)

    assert cluster.side(Side.CLIENT) is side
    assert (side.attribute(0x0100), side.attribute(0x0101)) == (FIRST, None)
    assert side.command(0x03) is None
