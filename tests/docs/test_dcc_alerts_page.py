"""The page of DCC alerts is true."""

from lxml import etree

from emulator.dcc.code_tables import dcc_alert_code
from emulator.duis.response_bodies import alert_families
from emulator.testing.scenes.duis_scene import duis_folder
from tests.docs.reference_pages import REFERENCE

XS = "{http://www.w3.org/2001/XMLSchema}"


def rows() -> list[list[str]]:
    text = (REFERENCE / "dcc-alerts.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]


def test_what_the_page_says_is_told_is_written() -> None:
    assert {row[0] for row in rows() if row[1] == "yes"} == alert_families()
    assert all(row[3] for row in rows())


def test_the_numbers_are_those_of_the_payloads() -> None:
    told = {row[0]: row[2].split(", ") for row in rows() if row[1] == "yes"}

    found = {name: {dcc_alert_code(each).family for each in told[name]} for name in told}

    assert found == {name: {name} for name in told}


def test_the_page_has_every_payload_of_the_schema() -> None:
    (path,) = (duis_folder() / "schema").glob("DUIS*.xsd")
    schema = etree.parse(path)
    (kinds,) = schema.iterfind(f".//{XS}complexType[@name='DCCAlert']/{XS}choice")

    assert [row[0] for row in rows()] == [each.get("name") for each in kinds]
