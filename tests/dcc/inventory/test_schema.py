import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import IntegrityError

from emulator.dcc.inventory.schema import DEVICES, HISTORY, INSTALL_CODES, METADATA

LINE = {
    "device": "00-DB-12-34-56-78-90-A0",
    "moment": 0,
    "event": "listed",
    "clause": "",
    "certainty": "SOURCED",
    "evidence": "",
    "source": "",
    "message": b"",
}


def test_making_the_tables_makes_the_history_append_only() -> None:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)

    with engine.connect() as connection:
        connection.execute(HISTORY.insert().values(LINE))
        for change in (HISTORY.update().values(event="removed"), HISTORY.delete()):
            with pytest.raises(IntegrityError, match="append-only"):
                connection.execute(change)
        lines = connection.execute(HISTORY.select()).all()

    assert [line.event for line in lines] == ["listed"]


def test_every_way_to_look_a_device_up_has_an_index() -> None:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)

    indexed = {index["column_names"][0] for index in inspect(engine).get_indexes("devices")}

    assert indexed == {"hub", "mpxn", "export_mpxn", "uprn", "manufacturer"}


def test_install_codes_are_in_no_table_of_devices() -> None:
    assert "install_code" in INSTALL_CODES.columns
    assert not any(
        "code" in column.name and column.name != "postcode" for column in DEVICES.columns
    )
