import base64
import json
from dataclasses import replace
from itertools import accumulate
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import Instant
from emulator.lab.kept.result import ChartRow, RunResult
from emulator.lab.report.chart_data import BROADCAST, LAYERS, NOBODY, chart_data
from emulator.testing.scenes.results import dual_fuel_result

NAMES = st.sampled_from(["hub", "esme", "gsme", "*", "?", "stranger"])
ROWS = st.lists(
    st.builds(
        ChartRow,
        at=st.integers(0, 10**12).map(Instant),
        source=NAMES,
        destination=NAMES,
        label=st.text(max_size=4),
        layer=st.sampled_from(["mac", "nwk", "aps", "zdo", "zcl"]),
        security=st.sampled_from(["", "NWK"]),
        detail=st.lists(st.text(max_size=3), max_size=3).map(tuple),
        psdu=st.binary(max_size=6),
    ),
    max_size=8,
)


def with_chart(*rows: ChartRow) -> RunResult:
    return replace(dual_fuel_result(0), chart=rows)


def unpacked(data: dict[str, Any]) -> list[tuple[object, ...]]:
    """The rows again, as a reader of the packed form finds them."""
    names = {BROADCAST: "*", NOBODY: "?"} | dict(enumerate(data["names"]))
    octets = base64.b64decode(data["psdu"])
    ends = list(accumulate(data["length"]))
    return [
        (
            at,
            names[data["source"][row]],
            names[data["destination"][row]],
            data["labels"][data["label"][row]],
            data["security"][data["secured"][row]],
            tuple(data["lines"][line] for line in data["detail"][row]),
            octets[ends[row] - data["length"][row] : ends[row]],
        )
        for row, at in enumerate(accumulate(data["at"]))
    ]


@given(ROWS)
def test_packed_rows_hold_all_that_the_rows_said(rows: list[ChartRow]) -> None:
    data = json.loads(json.dumps(chart_data(with_chart(*rows))))

    assert unpacked(data) == [
        (row.at, row.source, row.destination, row.label, row.security, row.detail, row.psdu)
        for row in sorted(rows, key=lambda row: row.at)
    ]


def test_lifelines_stand_in_the_order_of_the_devices_then_who_else_was_heard() -> None:
    first, *_ = dual_fuel_result(2).chart
    stranger = replace(first, source="stranger", destination="hub")

    data = chart_data(with_chart(stranger, first))

    assert data["names"] == ["hub", "esme", "stranger"]


def test_acknowledgements_are_a_layer_of_their_own() -> None:
    result = dual_fuel_result(20)

    layers = [LAYERS[layer] for layer in chart_data(result)["layer"]]

    acknowledged = [row.label == "Acknowledgement" for row in result.chart]
    assert [layer == "ack" for layer in layers] == acknowledged
    assert any(acknowledged)


def test_an_empty_frame_is_of_the_layer_it_says() -> None:
    row = replace(dual_fuel_result(1).chart[0], psdu=b"")

    assert chart_data(with_chart(row))["layer"] == [LAYERS.index("mac")]


def test_twenty_thousand_frames_stay_small() -> None:
    text = json.dumps(chart_data(dual_fuel_result(20_000)), separators=(",", ":"))

    assert len(text) < 2_500_000
