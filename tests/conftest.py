"""How the tests run, and which judges were missing.

Profiles `repeatable` and `thorough` try the same examples every time, `explore` other ones.
"""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough",
    deadline=None,
    derandomize=True,
    max_examples=1_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "explore",
    deadline=None,
    max_examples=1_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_configure() -> None:
    """Give Ctrl-C its meaning back, which a shell takes from jobs in the background.

    Programs that tests start inherit it, and are ended by it.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each missing judge once, with how to get it and how many tests it kept from running."""
    missing: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        _, found, judge = reason.partition("judge missing: ")
        if found:
            missing[judge] = missing.get(judge, 0) + 1
    if missing:
        terminalreporter.section("missing judges")
        for name, count in sorted(missing.items()):
            terminalreporter.write_line(f"{name}: {count} tests not run")
