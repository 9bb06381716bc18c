import pytest

from emulator.duis.mmc.source import found
from emulator.gbcs_device.gbz.own_snapshots import BLOCK_TIER_DELIVERED, BlockTierDelivered
from emulator.zcl.payloads.metering import GetSampledDataResponse, PublishSnapshot
from emulator.zcl.payloads.prepayment import PublishPrepaySnapshot

SAID = {"0": (10, (20, 30)), "name": "x", "none": None}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("0.1.0", 20),
        ("name", "x"),
        ("0.7", None),
        ("0.word", None),
        ("missing.0", None),
        ("", SAID),
        ("0.0,missing", (10, None)),
        ("none,missing", None),
        (";0.0,name;missing,none", ((10, "x"), None)),
    ],
)
def test_a_source_names_parts_and_places(source: str, value: object) -> None:
    assert found(SAID, source) == value


def test_rows_of_one_element_are_made_as_wide_as_those_of_two() -> None:
    rows = {"0": (tuple("abcdefg"), tuple("abcdefghi"), 5)}

    made = found(rows, "0:twin")
    assert isinstance(made, tuple)
    one, two, other = made

    assert one == ("a", "b", None, "c", None, "d", "e", "f", "g")
    assert two == tuple("abcdefghi")
    assert other == 5


def test_samples_lie_an_interval_apart_or_a_day_where_that_is_too_long() -> None:
    def series(interval: int) -> dict[str, object]:
        made = GetSampledDataResponse(
            sample_id=1,
            sample_start_time=1000,
            sample_type=0,
            sample_request_interval=interval,
            number_of_samples=2,
            samples=(7, 8),
        )
        return {"Samples": (made,)}

    assert found(series(1800), "Samples:samples") == ((1000, 7), (2800, 8))
    assert found(series(0xFFFF), "Samples:samples") == ((1000, 7), (87_400, 8))


def snapshot(kind: int, octets: bytes) -> PublishSnapshot:
    return PublishSnapshot(
        snapshot_id=0,
        snapshot_time=5,
        total_snapshots_found=1,
        command_index=0,
        total_number_of_commands=1,
        snapshot_cause=1,
        snapshot_payload_type=kind,
        snapshot_sub_payload=octets,
    )


def test_snapshots_of_another_kind_or_cut_short_have_no_rows() -> None:
    registers = BlockTierDelivered(
        summation=9, number_of_tiers=1, tiers=(8,), blocks_in_use=1, tiers_in_use=1, blocks=(7,)
    ).encode()
    good = snapshot(BLOCK_TIER_DELIVERED, registers)
    cut = snapshot(BLOCK_TIER_DELIVERED, registers[:3])
    other = snapshot(1, registers)
    prepay = PublishPrepaySnapshot(
        snapshot_id=0,
        snapshot_time=5,
        total_snapshots_found=1,
        command_index=0,
        total_number_of_commands=1,
        snapshot_cause=1,
        snapshot_payload_type=0,
        snapshot_sub_payload=b"\0",
    )

    assert found({"S": (good, cut, other, 3)}, "S:registers") == ((5, 9, (8,), (7,)),)
    assert found({"S": (prepay,)}, "S:balances") == ()


def test_a_path_may_go_on_behind_a_shape() -> None:
    octets = bytes.fromhex("0019 00000000000003f0 2328 00005e2c0200 06")

    assert found({"0": octets}, "0:outcome.1") == 1008
    assert found({"0": octets[:-1]}, "0:outcome.1") is None
    assert found({"0": bytes.fromhex("0012 00000000000186a0")}, "0:refused.1") == 100_000
