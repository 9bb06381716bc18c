from emulator.lab.workbench.live_chart import LiveChart
from tests.lab.workbench.homes import begin, watched_home


def test_rows_are_given_once_in_order_and_as_the_report_has_them() -> None:
    work = watched_home().work
    chart = LiveChart(work.lab.world)
    begin(work)

    first, rest = chart.take(2), chart.take(1_000)

    assert (len(first.rows), first.more, rest.more) == (2, True, False)
    assert first.rows + rest.rows == work.lab.chart()
    assert chart.take(10).rows == ()


def test_what_nobody_looks_at_in_time_is_dropped_and_counted() -> None:
    work = watched_home().work
    chart = LiveChart(work.lab.world, kept=2)
    begin(work)

    found = chart.take(10)

    assert found.rows == work.lab.chart()[-2:]
    assert found.dropped == work.lab.frames() - 2
    assert chart.take(10).dropped == 0


def test_a_chart_that_is_closed_listens_no_more() -> None:
    work = watched_home().work
    chart = LiveChart(work.lab.world)
    chart.close()
    begin(work)

    assert chart.take(10).rows == ()
