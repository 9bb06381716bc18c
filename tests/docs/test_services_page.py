"""The page of service requests is true."""

import pytest

from emulator.gbcs.service_requests.catalogue import service_requests
from tests.docs.reference_pages import REFERENCE
from tests.docs.services_page import lines, page_of

PAGE = REFERENCE / "service-requests.md"


def test_the_page_has_every_variant_and_none_without_an_answer() -> None:
    rows = [line.split(" | ") for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    told = [[cell.strip("| ") for cell in row] for row in rows[1:]]
    known = [each.srv for each in service_requests()]

    assert list(dict.fromkeys(cells[0] for cells in told)) == known
    assert len(known) == 129
    assert all(cells[3] and (cells[4] or cells[2] == "DCC" or cells[5]) for cells in told)


@pytest.mark.slow
def test_every_variant_is_answered_as_the_page_says() -> None:
    told = lines()

    assert not [each for each in told if each.silent]
    assert PAGE.read_text() == page_of(told), "run `make reference`"
