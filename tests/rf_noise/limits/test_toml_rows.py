from emulator.rf_noise.limits.toml_rows import TomlRows
from emulator.rf_noise.mistakes import Mistakes

TEXT = 'a = 1\n[[band]]\nname = "x"\n[[band]]\n"name" = "y"\n'


def test_tables_of_an_array_are_found_by_their_index() -> None:
    rows = TomlRows(TEXT, Mistakes("t.toml"))

    assert [rows.block("band", index) for index in range(3)] == [2, 4, 1]


def test_keys_are_found_from_a_row_on() -> None:
    rows = TomlRows(TEXT, Mistakes("t.toml"))

    assert (rows.row("name"), rows.row("name", 4), rows.row("none", 4)) == (3, 5, 4)


def test_keys_that_may_not_be_there_are_mistakes() -> None:
    mistakes = Mistakes("t.toml")

    kept = TomlRows(TEXT, mistakes).checked(
        {"a": True, "b": 2, "c": 3}, {"a": int, "c": int}, ("d",), 1
    )

    assert kept == {"c": 3}
    assert len(mistakes.problems) == 3


def test_what_is_no_table_is_a_mistake() -> None:
    mistakes = Mistakes("t.toml")

    assert TomlRows(TEXT, mistakes).checked(5, {}, (), 2) == {}
    assert mistakes.problems == ("t.toml:2: expected a table",)
