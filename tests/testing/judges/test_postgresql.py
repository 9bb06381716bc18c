import tempfile
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from emulator.testing.judges.postgresql import postgresql_server


def test_a_server_answers_on_its_socket_and_leaves_nothing_behind() -> None:
    with postgresql_server() as url:
        folder = Path(str(make_url(url).query["host"]))
        engine = create_engine(url)
        with engine.connect() as connection:
            answer = connection.execute(text("SELECT 6 * 7")).scalar_one()
        engine.dispose()

    assert answer == 42
    assert folder.is_relative_to(tempfile.gettempdir())
    assert not folder.exists()
