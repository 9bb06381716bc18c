"""The tables of the inventory; moments are microseconds since 1970 UTC, EUI-64s in their text form.

The history is append-only by the database's own rule, not only by ours (SEC glossary, "Smart
Metering Inventory": status history).
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    event,
)

SCHEMA_VERSION: Final = 1

METADATA: Final = MetaData()

_EUI64: Final = String(23)

FORMAT: Final = Table(
    "inventory_format", METADATA, Column("version", Integer, primary_key=True, autoincrement=False)
)

DEVICES: Final = Table(
    "devices",
    METADATA,
    Column("device", _EUI64, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("generation", String(8), nullable=False),
    Column("status", String(32)),
    Column("since", BigInteger, nullable=False),
    Column("resumes", String(32)),
    Column("manufacturer", String(64), nullable=False),
    Column("model", String(64), nullable=False),
    Column("firmware", String(64), nullable=False),
    Column("notifier", _EUI64, nullable=False),
    Column("notified", BigInteger, nullable=False),
    Column("commissioned", BigInteger),
    Column("hub", _EUI64),
    Column("mpxn", String(21), nullable=False),
    Column("export_mpxn", String(21), nullable=False),
    Column("uprn", String(12), nullable=False),
    Column("postcode", String(10), nullable=False),
    Index("devices_by_hub", "hub"),
    Index("devices_by_mpxn", "mpxn"),
    Index("devices_by_export_mpxn", "export_mpxn"),
    Index("devices_by_uprn", "uprn"),
    Index("devices_by_model", "manufacturer", "model", "firmware"),
)

HISTORY: Final = Table(
    "history",
    METADATA,
    Column(
        "number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    ),
    Column("device", _EUI64, nullable=False),
    Column("before", String(32)),
    Column("after", String(32)),
    Column("moment", BigInteger, nullable=False),
    Column("event", String(32), nullable=False),
    Column("clause", String(96), nullable=False),
    Column("certainty", String(16), nullable=False),
    Column("evidence", String(16), nullable=False),
    Column("source", _EUI64, nullable=False),
    Column("message", LargeBinary, nullable=False),
    Column("received", BigInteger),
    Index("history_by_device", "device", "number"),
)

ASSOCIATIONS: Final = Table(
    "associations",
    METADATA,
    Column("device", _EUI64, primary_key=True),
    Column("partner", _EUI64, primary_key=True),
    Index("associations_by_partner", "partner"),
)

PRODUCTS: Final = Table(
    "products",
    METADATA,
    Column("manufacturer", String(64), primary_key=True),
    Column("model", String(64), primary_key=True),
    Column("firmware", String(64), primary_key=True),
    Column("status", String(16), nullable=False),
)

INSTALL_CODES: Final = Table(
    "install_codes",
    METADATA,
    Column("device", _EUI64, primary_key=True),
    Column("install_code", LargeBinary, nullable=False),
)
"""Apart from the devices, so that no list or snapshot of them holds a code."""

_RULES: Final = {
    "sqlite": tuple(
        f"CREATE TRIGGER history_keeps_{act.lower()} BEFORE {act} ON history "
        "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END"
        for act in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger AS $$
        BEGIN RAISE EXCEPTION 'the history is append-only'; END $$ LANGUAGE plpgsql""",
        """CREATE TRIGGER history_keeps BEFORE UPDATE OR DELETE ON history
        FOR EACH ROW EXECUTE FUNCTION history_is_append_only()""",
    ),
}


def _make_append_only(_table: Table, connection: Connection, **_options: object) -> None:
    for rule in _RULES[connection.dialect.name]:
        connection.exec_driver_sql(rule)


event.listen(HISTORY, "after_create", _make_append_only)
