from emulator.duis.mmc.filling import filled
from emulator.duis.mmc.record import read_records
from emulator.duis.tree import Node


def _filled(values: str, said: object) -> tuple[Node, ...]:
    table = f'[[records]]\ncodes = ["002E"]\nvalues = {values}'
    ((_, record),) = read_records(table)
    return filled(record.lines, said)


def test_elements_with_the_same_parent_share_it() -> None:
    made = _filled('["A/B | 0 | whole", "A/C | 1 | whole", "D | 2 | whole"]', {"0": 1, "1": 2})

    assert made == (Node("A", parts=(Node("B", "1"), Node("C", "2"))),)


def test_rows_are_elements_of_their_own_and_keep_their_numbers() -> None:
    rows = {"0": ((1, "a"), None, (None, None), (4, "d"))}
    made = _filled('["R[n] | 0", "> V | 0 | whole", "> W | 1 | words", "> P | # | whole"]', rows)

    assert [each.attributes for each in made] == [(("n", "1"),), (("n", "3"),), (("n", "4"),)]
    assert made[0].parts == (Node("V", "1"), Node("W", "a"), Node("P", "1"))
    assert made[1].parts == (Node("P", "3"),)


def test_values_of_a_list_are_numbered() -> None:
    made = _filled('["V[index] | 0 | whole"]', {"0": (5, None, 7)})

    assert made == (
        Node("V", "5", attributes=(("index", "1"),)),
        Node("V", "7", attributes=(("index", "3"),)),
    )


def test_a_constant_stands_only_where_its_source_has_a_value() -> None:
    line = '["A/V | 0 | whole", "A/U | =Wh if 0"]'

    assert _filled(line, {"0": 3})[0].parts == (Node("V", "3"), Node("U", "Wh"))
    assert _filled(line, {}) == ()


def test_a_dot_puts_elements_into_the_one_around() -> None:
    made = _filled('["A* | 0", "> . | 0 | gas_action"]', {"0": ((0,), (3,))})

    assert [each.parts[0].name for each in made] == ["BlockTariff", "TOUTariffAction"]


def test_what_is_no_value_of_its_kind_is_left_out() -> None:
    assert _filled('["A | 0 | whole", "B | 0 | moment"]', {"0": "words"}) == ()
