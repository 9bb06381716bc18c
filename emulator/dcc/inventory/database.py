"""A database by URL: SQLite in a file or in memory, PostgreSQL; every commit is durable.

SQLite runs with a write-ahead log that is synchronised at each commit (`synchronous=FULL`), so what
was committed is there after the process, or the machine, stopped at any moment.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import Connection, Engine, Executable, Row, create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from emulator.dcc.inventory.schema import FORMAT, METADATA, SCHEMA_VERSION
from emulator.kernel.errors import EnvironmentFault, LabError, UsageError

if TYPE_CHECKING:
    from sqlalchemy.sql import ClauseElement

IN_MEMORY: Final = "sqlite://"

Values = Mapping[str, object]
Rows = list[Row[Any]]


class Database:
    """One connection, its transactions, and statements that are compiled once.

    Args:
        url: as SQLAlchemy writes it: `sqlite://`, `sqlite:///smi.db`, `postgresql+psycopg://...`.

    Raises:
        UsageError: when the URL names no database this project knows, or one of another version.
        EnvironmentFault: when the database cannot be opened.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.changes = 0
        """How many statements were run; of a database of our own, all that can have changed it."""
        self._engine = _engine(url)
        self.own = self._engine.url.database in (None, "", ":memory:")
        """Whether nobody else can change it: it is in the memory of this process."""
        self._begin = "BEGIN IMMEDIATE" if self._engine.dialect.name == "sqlite" else "BEGIN"
        try:
            self._connection: Connection = self._engine.connect()
            self._driver: Any = self._connection.connection.driver_connection
            self._failures: type[Exception] = self._engine.dialect.loaded_dbapi.Error
            self._prepare()
        except LabError:
            self._engine.dispose()
            raise
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise EnvironmentFault(f"inventory {_shown(url)}: {_cause(error)}") from error

    def close(self) -> None:
        """Close the connection; what was committed stays."""
        self._connection.close()
        self._engine.dispose()

    def compiled(self, statement: Executable) -> str:
        """The text of a statement for this database, to be given to `run` or `rows`."""
        return str(cast("ClauseElement", statement).compile(dialect=self._engine.dialect))

    def run(self, text: str, values: Values) -> None:
        """Execute a compiled statement, by the driver itself: nobody reads a result."""
        self.changes += 1
        self._driver.execute(text, values)

    def rows(self, text: str, values: Values) -> Rows:
        """The rows of a compiled query."""
        return list(self._connection.exec_driver_sql(text, dict(values)))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: committed at the end, rolled back when something is raised.

        Raises:
            EnvironmentFault: when the database fails; nothing changed.
        """
        try:
            self._driver.execute(self._begin)
            try:
                yield
                self._driver.execute("COMMIT")
            except BaseException:
                with suppress(self._failures):
                    self._driver.execute("ROLLBACK")
                raise
        except (DBAPIError, self._failures) as error:
            raise EnvironmentFault(f"inventory {_shown(self.url)}: {_cause(error)}") from error

    def _prepare(self) -> None:
        """Make the tables of a new database, all in one step; look at the version of an old one."""
        with self.transaction():
            METADATA.create_all(self._connection)
            found = list(self._connection.execute(select(FORMAT.c.version)))
            if not found:
                self._connection.execute(FORMAT.insert().values(version=SCHEMA_VERSION))
        if found and found[0].version != SCHEMA_VERSION:
            raise UsageError(
                f"inventory {_shown(self.url)}: format {found[0].version}, "
                f"this program reads {SCHEMA_VERSION}"
            )


def _engine(url: str) -> Engine:
    try:
        made = make_url(url)
        backend = made.get_backend_name()
        if backend == "sqlite":
            engine = create_engine(
                made, paramstyle="named", poolclass=StaticPool, isolation_level="AUTOCOMMIT"
            )
            event.listen(engine, "connect", _make_durable)
            return engine
        if backend == "postgresql":
            return create_engine(made, isolation_level="AUTOCOMMIT", pool_size=1)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(f"inventory {_shown(url)}: {error}") from error
    raise UsageError(f"inventory {_shown(url)}: expected sqlite:// or postgresql+psycopg://")


def _make_durable(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _cause(error: Exception) -> str:
    """What the database said, in one line."""
    said = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return " ".join(str(said).split())


def _shown(url: str) -> str:
    """The URL without what is secret in it."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return repr(url)
