import re

from emulator.dcc.inventory.database import Database
from emulator.dcc.inventory.statements import Statements


def test_every_statement_is_one_the_database_can_prepare() -> None:
    database = Database("sqlite://")

    texts = vars(Statements(database)).values()

    assert len(list(texts)) > 20
    for each in texts:
        names = re.findall(r":(\w+)", each)
        assert database.rows(f"EXPLAIN {each}", dict.fromkeys(names))
    database.close()
