"""The declaration of ETAD 6.5(a)."""

from html.parser import HTMLParser
from typing import Any

from emulator.bench.evidence.declaration import declaration, declaration_page
from emulator.testing.scenes.evidence_scene import finished_folder


def told() -> dict[str, Any]:
    return declaration(finished_folder().document, finished_folder().results)


class Tags(HTMLParser):
    """The names of all elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)


def test_a_device_without_findings_has_no_aspects() -> None:
    good = told()["devices"][0]

    assert (good["name"], good["aspects"]) == ("good", [])
    assert (good["cases"], good["passed"]) == (6, 5)


def test_aspects_stand_by_rule_and_agreed_ones_apart() -> None:
    aspects = told()["devices"][1]["aspects"]

    found = [(each["rule"], each["agreed"], len(each["cases"])) for each in aspects]
    assert found == [
        ("GBCS 6.2.4, MAC", "", 2),
        ("GBCS 6.2.4, certificates", "agreed with Acme in March", 1),
    ]
    assert {each["verdict"] for each in aspects} == {"fail"}
    assert aspects[0]["triage"] == ["device"]


def test_each_case_says_where_it_is_shown() -> None:
    (case, *_) = told()["devices"][1]["aspects"][0]["cases"]

    assert case["shown_at"] == "report.html#case/acme-3000%3AESME%2F0027%2FECS17b%2Fwrong-mac"
    assert case["reason"]


def test_it_names_what_the_device_is_and_is_claimed_to_do_without() -> None:
    broken = told()["devices"][1]

    assert broken["eui64"] == "00-DB-12-34-56-78-90-A0"
    assert broken["does_without"] == {"ECS01c": "an Acme 3000 has one coil"}
    assert broken["emulated_defect"] == "mac-unchecked"


def test_the_page_says_the_clause_and_that_it_is_no_certification() -> None:
    page = declaration_page(told(), ["a note"])

    assert "SEC Appendix J (ETAD) 6.5(a)" in page
    assert "no certification" in page
    assert "a note" in page


def test_hostile_texts_stay_texts() -> None:
    tags = Tags()

    tags.feed(declaration_page({**told(), "campaign": "<img src=x>"}, []))

    assert "img" not in tags.found
