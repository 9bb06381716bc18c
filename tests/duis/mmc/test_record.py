"""Tables of records are checked as they are read."""

import pytest

from emulator.duis.mmc.record import alert_records, answer_records, declared_names, read_records
from emulator.kernel.errors import UsageError


def test_lines_stand_inside_of_those_above() -> None:
    table = """
        [[records]]
        codes = ["002E", "00C9"]
        values = ["A/B* | 0", "> C[index] | 1", ">> D | | whole", "> E | =Wh if 0", "F | 2 | words"]
        silent = ["3"]
    """

    records = dict(read_records(table))
    rows, last = records[0x002E].lines

    assert set(records) == {0x002E, 0x00C9}
    assert (rows.path, rows.repeated, rows.index, rows.source) == (("A", "B"), True, "", "0")
    assert [each.path for each in rows.inside] == [("C",), ("E",)]
    assert (rows.inside[0].index, rows.inside[0].repeated) == ("index", True)
    assert rows.inside[0].inside[0].source == ""
    assert (rows.inside[1].constant, rows.inside[1].source) == ("Wh", "0")
    assert last.path == ("F",)
    assert records[0x00C9].silent == ("3",)


@pytest.mark.parametrize(
    ("record", "saying"),
    [
        ('codes = ["FFFF"]\nvalues = ["A | 0 | whole"]', "FFFF: no use case"),
        ('codes = ["002E", "002E"]\nvalues = ["A | 0 | whole"]', "second record of one"),
        ('codes = ["002E"]', "expected codes and values"),
        ('codes = ["002E"]\nvalues = ["A | 0 | whole"]\ncolour = "red"', "not .'colour'."),
        ('codes = ["002E"]\nvalues = ["A | 0"]', "expected a conversion, a constant, or lines"),
        ('codes = ["002E"]\nvalues = ["A | 0 | fathoms"]', "'fathoms': no conversion"),
        ('codes = ["002E"]\nvalues = ["A | 0 | chosen Off"]', "expected word=number"),
        ('codes = ["002E"]\nvalues = ["A | CurrentPhlogiston | whole"]', "CurrentPhlogiston"),
    ],
)
def test_a_record_that_is_wrong_is_refused(record: str, saying: str) -> None:
    with pytest.raises(UsageError, match=saying):
        dict(read_records(f"[[records]]\n{record}"))


def test_the_tables_that_come_with_hanlab_can_be_read() -> None:
    assert len(answer_records()) > 100
    assert len(alert_records()) > 15
    assert "CreditRemaining" in declared_names()
