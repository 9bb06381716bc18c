"""The check as one HTML file that fetches nothing and runs nothing."""

import base64
from importlib import resources
from importlib.metadata import version
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from emulator.lab.report.html import VERDICT_WORDS
from emulator.rf_noise.bands import Network
from emulator.rf_noise.findings import Findings
from emulator.rf_noise.reporting.document import SOURCES
from emulator.rf_noise.reporting.gallery import gallery

_MOST_CHANNELS: Final = 120
"""Channels of the WAN are many and alike; the page shows those of the HAN."""


def render_page(findings: Findings) -> str:
    """The whole of `report.html`."""
    environment = Environment(
        loader=PackageLoader("emulator.rf_noise.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"image": _image, "mega": lambda hertz: f"{hertz / 1e6:.4f}"}
    han = [each for each in findings.channels if each.receiver.network is Network.HAN]
    text = environment.get_template("check.html.j2").render(
        findings=findings,
        inputs=findings.inputs,
        limits=findings.inputs.limits,
        sources=SOURCES,
        pictures=gallery(findings),
        channels=han[:_MOST_CHANNELS],
        verdict_words=VERDICT_WORDS,
        style=resources.files("emulator.lab.report").joinpath("assets", "page.css").read_text(),
        version=version("hanlab"),
    )
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _image(svg: str) -> str:
    """An SVG document as a data URI: an image runs no script and fetches nothing."""
    octets = svg.encode("utf-8", "backslashreplace")
    return f"data:image/svg+xml;base64,{base64.b64encode(octets).decode()}"
