"""The page of faulty devices is true."""

import pytest

from tests.docs.faulty_page import faulty_page, told_page, without_others
from tests.docs.reference_pages import REFERENCE

PAGE = REFERENCE / "faulty-devices.md"


def test_the_page_names_every_defect_with_its_case_and_clause() -> None:
    assert without_others(PAGE.read_text()) == told_page(), "run `make reference`"


@pytest.mark.slow
def test_the_page_says_what_becomes_of_every_faulty_device() -> None:
    assert PAGE.read_text() == faulty_page(), "run `make reference`"
