import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import Instant
from emulator.lab.kept.result import Picture, RunResult, StepMessage, Verdict
from emulator.lab.report.html import render_report
from emulator.lab.report.page_parts import embedded_json
from emulator.testing.scenes.results import dual_fuel_result

HOSTILE = "</script><img src=x onerror=alert(1)><!-- {{ 7 * 7 }}"
FETCHES = {"src", "srcset", "href", "xlink:href", "action", "data", "poster", "background"}


class Page(HTMLParser):
    """What a parser finds in a page: its elements, and the text of each script and of the rest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        where = self._inside[-1] if self._inside else ""
        if where == "script":
            self.scripts.append(data)
        elif where != "style":
            self.words.append(data)

    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))

    def chart(self) -> dict[str, Any]:
        chart: dict[str, Any] = json.loads(self.scripts[0])
        return chart


def page(result: RunResult) -> Page:
    return Page(render_report(result))


def test_page_fetches_nothing() -> None:
    found = page(dual_fuel_result())

    links = [
        value or ""
        for _, attributes in found.elements
        for name, value in attributes.items()
        if name in FETCHES
    ]
    assert {link for link in links if not link.startswith("#")} == {"data:,"}
    assert "@import" not in render_report(dual_fuel_result())
    assert "url(" not in render_report(dual_fuel_result())


def test_links_within_the_page_lead_somewhere() -> None:
    found = page(dual_fuel_result())

    places = {attributes.get("id") for _, attributes in found.elements}
    links = {attributes.get("href") for tag, attributes in found.elements if tag == "a"}
    assert {link[1:] for link in links if link} <= places


def test_policy_allows_this_script_and_nothing_else() -> None:
    found = page(dual_fuel_result())

    (policy,) = [
        attributes["content"] or ""
        for _, attributes in found.elements
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    digest = base64.b64encode(hashlib.sha256(found.scripts[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_chart_data_reads_back() -> None:
    found = page(dual_fuel_result())

    assert len(found.chart()["at"]) == 480
    assert found.chart()["steps"][1] == ["esme joins", 412_000, 616_118, "pass"]


@pytest.mark.parametrize(
    "words",
    [
        "Every device of a shipment joins with its install code",
        "commissioning/every_device_joins",
        "ZSE 1.4 5.5.5",
        "Steps passed 10 of 12",
        "Devices joined 7 of 8",
        "Keys agreed 4 by CBKE",
        "Frames 480",
        "Wall time 412 ms",
        "Seed 1",
        "00-DB-12-34-56-78-90-A1",
        "0x88D2",
        "CBKE suite 1",
        "preconfigured",
        "not joined",
        "Terminate Key Establishment from the hub: UNKNOWN_ISSUER, wait 30 s",
        "Inconclusive",
        "Not applicable",
        "7.6 s",
        "poll.gsme",
        "join.first_backoff unverified",
        "MPANs are checked by their digit only",
        "inputs/dual-fuel.csv " + "5f" * 32,
        "trace.jsonl (written by this run) " + "3c" * 32,
        "HAN only, without WAN and DCC",
        "The keys in the files beside it are test keys",
    ],
)
def test_page_says(words: str) -> None:
    assert words in page(dual_fuel_result()).text()


@pytest.mark.parametrize("verdict", Verdict)
def test_verdict_stands_in_word_and_mark(verdict: Verdict) -> None:
    found = page(replace(dual_fuel_result(0), verdict=verdict))

    (badge,) = [attributes for _, attributes in found.elements if attributes.get("id") == "verdict"]
    assert f"verdict-{verdict.value}" in (badge["class"] or "").split()


def test_inventory_status_is_a_column_when_some_device_has_one() -> None:
    result = dual_fuel_result(0)
    device = replace(result.devices[2], smi_status="Commissioned")

    assert "SMI status" not in page(result).text()
    assert "Commissioned" in page(replace(result, devices=(device,))).text()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("00-DB-12-34-56-78-90-A0.install_code", "83FED3407A939738"),
        ("00-DB-12-34-56-78-90-A0.install_code", "83FE D340, as printed"),
        ("network_key", "00112233445566778899aabbccddeeff"),
        ("network_key", "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff"),
    ],
)
def test_settings_that_are_keys_are_named_but_not_shown(name: str, value: str) -> None:
    text = page(replace(dual_fuel_result(0), settings={name: value})).text()

    assert value not in text
    assert f"{name} not shown" in text


@pytest.mark.parametrize(
    ("name", "value"), [("refuse_default_key", "True"), ("pan", "5A17A55A5AA5")]
)
def test_other_settings_are_shown(name: str, value: str) -> None:
    text = page(replace(dual_fuel_result(0), settings={name: value})).text()

    assert f"{name} {value}" in text


def test_markup_in_texts_is_escaped() -> None:
    result = dual_fuel_result(1)
    row = replace(result.chart[0], label=HOSTILE, source=HOSTILE, detail=(HOSTILE,))
    step = replace(result.steps[0], name=HOSTILE, clause=HOSTILE, detail=HOSTILE)
    device = replace(result.devices[2], name=HOSTILE, type=HOSTILE, parent=HOSTILE)

    found = page(
        replace(
            result,
            title=HOSTILE,
            scenario=HOSTILE,
            chart=(row,),
            steps=(step,),
            devices=(device,),
            notes=(HOSTILE,),
            settings={HOSTILE: HOSTILE},
            unverified=(HOSTILE,),
        )
    )

    assert [tag for tag, _ in found.elements if tag in {"img", "script"}] == ["script"] * 2
    assert found.chart()["labels"] == [HOSTILE]
    assert HOSTILE in found.text()


@given(st.text(alphabet=st.characters()))
def test_embedded_json_reads_back_and_cannot_end_its_element(text: str) -> None:
    written = embedded_json([text])

    assert json.loads(written) == [text]
    assert "<" not in written


def test_texts_that_are_no_unicode_can_still_be_written() -> None:
    result = replace(dual_fuel_result(1), title="shipment-\udcff.csv")

    assert r"shipment-\udcff.csv" in render_report(result).encode("utf-8").decode("utf-8")


def test_an_empty_run_has_a_page() -> None:
    empty = replace(
        dual_fuel_result(0),
        source=(),
        steps=(),
        devices=(),
        settings={},
        inputs=(),
        unverified=(),
        notes=(),
    )

    assert "The run took no steps" in page(empty).text()


def test_messages_of_a_step_open_on_a_click_and_are_text() -> None:
    result = dual_fuel_result()
    told = StepMessage(Instant(1_500_000), "DCC", "ESME", f"Command {HOSTILE}", ("a", HOSTILE))
    with_message = replace(result.steps[0], messages=(told,))

    found = page(replace(result, steps=(with_message, *result.steps[1:])))

    assert [tag for tag, _ in found.elements].count("details") == 2
    assert "1 message over the WAN" in found.text()
    assert f"1.500 s, DCC to ESME: Command {HOSTILE}" in found.text()


def test_picture_stands_in_the_page_as_an_image_that_runs_nothing() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    picture = Picture("Link margins <b>", svg, "dB above sensitivity")
    found = page(replace(dual_fuel_result(), pictures=(picture,)))

    (image,) = [attributes for tag, attributes in found.elements if tag == "img"]
    head, _, octets = (image["src"] or "").partition(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(octets).decode() == svg
    assert image["alt"] == "Link margins <b>"
    assert "Link margins <b> dB above sensitivity" in found.text()


def test_page_of_a_run_without_pictures_has_no_place_for_them() -> None:
    assert "pictures" not in {
        attributes.get("id") for _, attributes in page(dual_fuel_result()).elements
    }
