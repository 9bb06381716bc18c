from emulator.lab.kept.result import LinkKeyState, Verdict
from emulator.testing.scenes.results import chart_rows, dual_fuel_result


def test_run_shows_every_state_of_a_key_and_every_verdict_a_protocol_can_give() -> None:
    result = dual_fuel_result()

    assert {row.link_key for row in result.devices} == set(LinkKeyState)
    assert {step.verdict for step in result.steps} == set(Verdict) - {Verdict.ERROR}


def test_rows_come_in_order_of_time_and_the_same_each_time() -> None:
    rows = chart_rows(500)

    assert len(rows) == 500
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    assert rows == chart_rows(500)


def test_counts_agree_with_the_rows() -> None:
    result = dual_fuel_result(100)

    assert result.frames == len(result.chart) == 100
    assert result.virtual_seconds * 1_000_000 > result.chart[-1].at
