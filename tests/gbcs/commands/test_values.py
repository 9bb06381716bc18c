import pytest

from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.commands.template import Hole
from emulator.gbcs.commands.values import FoundValues, GivenValues, checked, described
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64

HEADING = CommandHeading(originator=Eui64(1), recipient=Eui64(2), counter=3)
DAYS = Hole("days", "list", of=(Hole("id", "number"), Hole("name", "text", optional=True)))
HOLES = {
    each.name: each
    for each in (
        Hole("count", "number", default=7),
        Hole("label", "text", optional=True),
        Hole("reset", "flag", optional=True),
        DAYS,
        Hole("limits", "list", optional=True, of=(Hole("", "number"),)),
    )
}


def _given(**values: object) -> GivenValues:
    return GivenValues(HOLES, values, HEADING, "0001 CCS01")


def test_a_default_stands_where_nothing_is_given() -> None:
    assert _given().carried("$count") == 7
    assert _given(count=9).carried("$count") == 9


def test_an_item_is_there_when_its_value_is() -> None:
    assert not _given().has("label")
    assert _given(label="x").has("label")
    assert _given(reset=True).has("reset")
    assert not _given(reset=False).has("reset")


def test_elements_of_a_list_have_values_of_their_own() -> None:
    first, second = _given(days=[{"id": 1}, {"id": 2, "name": "Sunday"}]).elements("days")

    assert (first.carried("$.id"), first.has(".name")) == (1, False)
    assert (second.carried("$.name"), second.carried("$count")) == (b"Sunday", 7)


def test_an_element_may_be_the_value_itself() -> None:
    given = _given(limits=[10, 20])

    assert [each.carried("$.") for each in given.elements("limits")] == [10, 20]
    assert given.carried("#limits") == 2
    assert _given().carried("#limits") == 0


def test_a_list_may_be_written_as_json() -> None:
    assert len(_given(days='[{"id": 1}]').elements("days")) == 1


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ("[", r"days is no JSON: expected a list, each id, name"),
        (5, r"days is no list"),
        ("7", r"days is no list"),
        ([5], r"days\[0\] is 5: expected id, name"),
        ([{"id": 1, "colour": "red"}], r"days\[0\]: value colour is unknown, expected id, name"),
        ([{}], r"days\[0\]: value id is missing"),
    ],
)
def test_what_is_no_list_of_such_elements_is_refused(days: object, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        _given(days=days).elements("days")


def test_an_element_of_another_kind_is_refused_by_its_place() -> None:
    (only,) = _given(limits=["many"]).elements("limits")

    with pytest.raises(UsageError, match=r"limits\[0\]: value of the element is 'many'"):
        only.carried("$.")


def test_a_missing_value_is_named() -> None:
    with pytest.raises(UsageError, match="value days is missing: expected a list, each id, name"):
        _given().elements("days")


def test_values_without_a_hole_are_refused() -> None:
    with pytest.raises(UsageError, match="value colour is unknown, expected no value"):
        checked({}, {"colour": "red"}, "0013 CS07")


def test_a_value_is_described_with_its_unit_and_an_example() -> None:
    timeout = Hole("timeout", "number", unit="seconds")

    assert described(timeout) == "expected a whole number of seconds, like 90"
    assert described(HOLES["limits"]) == "expected a list, each a whole number"


def test_what_is_found_is_told_as_it_would_be_given() -> None:
    found = FoundValues(HOLES)
    found.note("$count", 9)
    found.note("@execution", 0)
    found.present("reset")
    found.present("count")
    day = found.element("days")
    day.note("$.id", 1)
    day.note("$.name", b"Sunday")
    found.element("limits").note("$.", 10)

    assert found.told() == {
        "count": 9,
        "reset": True,
        "days": [{"id": 1, "name": "Sunday"}],
        "limits": [10],
    }
    assert found.context == {"@execution": 0}


def test_a_list_that_has_no_elements_is_told_too() -> None:
    found = FoundValues(HOLES)

    found.listed("days")

    assert found.told() == {"days": []}
