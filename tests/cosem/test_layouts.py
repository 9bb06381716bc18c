import pytest

from emulator.cosem.layouts import Part, layout, names_all
from emulator.kernel.errors import LocalError


def test_a_layout_names_parts_and_parts_of_parts() -> None:
    assert layout("day_id schedule(start script)") == (
        Part("day_id"),
        Part("schedule", (Part("start"), Part("script"))),
    )


@pytest.mark.parametrize("text", ["a(b", "a)b", "(a)", "a b))"])
def test_brackets_that_do_not_match_are_refused(text: str) -> None:
    with pytest.raises(LocalError, match="layout"):
        layout(text)


def test_optional_parts_may_be_missing_at_the_end_only() -> None:
    parts = layout("value second? third?")

    assert [count for count in range(5) if names_all(parts, count)] == [1, 2, 3]
