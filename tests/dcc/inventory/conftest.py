"""The inventory under test: in memory, and the same on a PostgreSQL server."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, inspect, text

from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.schema import DEVICES, METADATA
from emulator.testing.judges.postgresql import postgresql_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A new, empty database."""
    if request.param == "sqlite":
        yield "sqlite://"
        return
    server: str = request.getfixturevalue("server")
    engine = create_engine(server)
    with engine.begin() as connection:
        if inspect(connection).has_table(DEVICES.name):
            tables = ", ".join(table.name for table in METADATA.sorted_tables)
            connection.execute(text(f"TRUNCATE {tables}"))
    engine.dispose()
    yield server


@pytest.fixture
def inventory(url: str) -> Iterator[Inventory]:
    with Inventory.open(url) as opened:
        yield opened
