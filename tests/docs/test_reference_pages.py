import pytest

from tests.docs.reference_pages import PAGES, REFERENCE


@pytest.mark.parametrize("name", PAGES)
def test_the_page_says_what_the_program_says(name: str) -> None:
    assert (REFERENCE / name).read_text() == PAGES[name](), "run `make reference`"
