"""The pytest plugin `hanlab`, loaded by its entry point; nothing heavy before a fixture is used."""

from collections.abc import Generator

import pytest

from emulator.testing.plugin.fixtures import (
    bench,
    comms_hub,
    dcc,
    esme,
    gsme,
    hanlab_work,
    home_device,
    lab,
    premises,
    run_scenario,
)
from emulator.testing.plugin.marks import MARKERS, clauses, selected, use_cases
from emulator.testing.plugin.options import add_options
from emulator.testing.plugin.watch import refusals_in_words, tell_story

__all__ = [
    "bench",
    "comms_hub",
    "dcc",
    "esme",
    "gsme",
    "hanlab_work",
    "home_device",
    "lab",
    "premises",
    "run_scenario",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add options and settings."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers, and take a user's own use cases in."""
    for line in MARKERS:
        config.addinivalue_line("markers", line)
    folder = config.getini("hanlab_usecases")
    if folder:
        from emulator.testing.plugin.own_records import take_in  # noqa: PLC0415 - only who has some

        take_in(config, config.rootpath / folder)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test of each bench case, where a test asks for `bench_case`."""
    if "bench_case" in metafunc.fixturenames:
        from emulator.testing.plugin.bench_cases import parametrize  # noqa: PLC0415 - only who asks

        with refusals_in_words():
            parametrize(metafunc)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Note clauses and use cases for JUnit, and leave out what was not asked for."""
    for item in items:
        item.user_properties += [("clause", each) for each in clauses(item)]
        item.user_properties += [("use_case", each) for each in use_cases(item)]
    wanted = selected(config, items)
    if len(wanted) < len(items):
        kept = set(map(id, wanted))
        config.hook.pytest_deselected(items=[each for each in items if id(each) not in kept])
        items[:] = wanted


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the HAN's story to the report of a failure."""
    report: pytest.TestReport = yield
    if report.failed and call.when != "teardown":
        tell_story(item, report)
    return report
