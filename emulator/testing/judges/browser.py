"""Headless Chromium as a judge of pages: fresh profile, no network of its own, errors collected."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.command import Command

from emulator.testing.judges.judges import require

_FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1440,1000",
)


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """A browser of one's own, ended on leaving; asks `judges.require` when there is none."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    require("chromium", None not in (chromium, driver), "apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium or ""
    for flag in _FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with TemporaryDirectory(prefix="hanlab-browser-", ignore_cleanup_errors=True) as profile:
        options.add_argument(f"--user-data-dir={profile}")
        opened = webdriver.Chrome(options=options, service=Service(driver))
        try:
            yield opened
        finally:
            opened.quit()


def open_page(opened: webdriver.Chrome, page: Path) -> None:
    """Load a file and forget what the console said before it."""
    complaints(opened)
    opened.get(page.as_uri())


def complaints(opened: webdriver.Chrome) -> list[str]:
    """What the console said since the page was opened: script errors, refused loads, warnings."""
    answer = opened.execute(Command.GET_LOG, {"type": "browser"})
    return [entry["message"] for entry in answer["value"]]


def evaluate(opened: webdriver.Chrome, script: str, *arguments: object) -> Any:
    """The value `script` returns, after the browser has drawn what it did before and two frames."""
    drawn = (
        "const done = arguments[arguments.length - 1];"
        "requestAnimationFrame(() => requestAnimationFrame(() => done()));"
    )
    opened.execute_async_script(drawn)
    return opened.execute_script(script, *arguments)
