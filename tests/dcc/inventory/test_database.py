from pathlib import Path

import pytest

from emulator.dcc.inventory.database import IN_MEMORY, Database
from emulator.kernel.errors import EnvironmentFault, UsageError


@pytest.mark.parametrize(
    "url", ["mysql://host/smi", "no url at all", "oracle+nothing://x", "sqlite+nothing:///x"]
)
def test_a_url_of_another_database_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        Database(url)


def test_a_file_that_is_no_database_is_a_fault_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "smi.db"
    path.write_text("not a database, and longer than the header of one " * 20)

    with pytest.raises(EnvironmentFault, match=r"smi\.db"):
        Database(f"sqlite:///{path}")


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        Database(f"sqlite:///{tmp_path}/nowhere/smi.db")


def test_a_database_of_another_format_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/smi.db"
    database = Database(url)
    with database.transaction():
        database.run("UPDATE inventory_format SET version = 99", {})
    database.close()

    with pytest.raises(UsageError, match="format 99"):
        Database(url)


def test_every_commit_to_a_file_is_synchronised(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/smi.db")

    mode = database.rows("PRAGMA journal_mode", {})[0][0]
    synchronous = database.rows("PRAGMA synchronous", {})[0][0]

    assert (mode, synchronous) == ("wal", 2)
    database.close()


def test_what_was_written_before_an_error_is_not_kept() -> None:
    database = Database(IN_MEMORY)

    with pytest.raises(EnvironmentFault), database.transaction():
        _delete_and_fail(database)

    assert database.rows("SELECT version FROM inventory_format", {})[0][0] == 1
    database.close()


def test_a_statement_the_database_refuses_is_a_fault() -> None:
    database = Database(IN_MEMORY)

    with pytest.raises(EnvironmentFault, match="no such table"), database.transaction():
        database.run("DELETE FROM absent", {})

    database.close()


def test_a_full_disk_is_a_fault_and_leaves_what_was_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/smi.db"
    database = Database(url)
    pages = database.rows("PRAGMA page_count", {})[0][0]
    database.rows(f"PRAGMA max_page_count={pages}", {})

    with pytest.raises(EnvironmentFault, match="full"), database.transaction():
        _fill(database)

    with database.transaction():
        database.run("UPDATE inventory_format SET version = version", {})
    assert database.rows("SELECT count(*) FROM products", {})[0][0] == 0
    database.close()


def test_a_password_is_not_shown() -> None:
    with pytest.raises(EnvironmentFault) as caught:
        Database("postgresql+psycopg://smi:secret@127.0.0.1:1/smi")

    assert "secret" not in str(caught.value)


def _delete_and_fail(database: Database) -> None:
    database.run("DELETE FROM inventory_format", {})
    database.run("DELETE FROM absent", {})


def _fill(database: Database) -> None:
    for number in range(1_000):
        text = str(number) * 20
        row = {"manufacturer": text, "model": text, "firmware": text, "status": "Active"}
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        database.run(f"INSERT INTO products ({columns}) VALUES ({values})", row)  # noqa: S608 - ours
