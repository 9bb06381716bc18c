"""A PostgreSQL server of its own for tests: in a new folder, on a socket there, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import quote

from emulator.testing.judges.judges import require

HOW: Final = "apt-get install postgresql, and the extra `postgres`"
_UNPRIVILEGED: Final = "postgres"
_WHERE: Final = (Path("/usr/lib/postgresql"), Path("/usr/pgsql"))


def require_postgresql() -> Path:
    """The folder of the newest server's programs; without them the test is skipped."""
    found = _programs()
    require("PostgreSQL", bool(found) and find_spec("psycopg") is not None, HOW)
    return found[-1]


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a server that runs until the end of the block."""
    programs = require_postgresql()
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    data = folder / "data"
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)
    options = (
        f"-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=10 "
        "-c fsync=off -c full_page_writes=off"
    )
    try:
        _run(programs / "initdb", "-D", data, "-U", "smi", "-A", "trust", "-N", user=user)
        _run(programs / "pg_ctl", "-D", data, "-w", "-o", options, "start", user=user)
        try:
            yield f"postgresql+psycopg://smi@/postgres?host={quote(str(folder), safe='')}"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop", user=user)
    finally:
        shutil.rmtree(folder)


def _programs() -> tuple[Path, ...]:
    versions = [each for root in _WHERE if root.is_dir() for each in root.iterdir()]
    folders = [each / "bin" for each in sorted(versions, key=lambda each: each.name)]
    on_path = shutil.which("pg_ctl")
    if on_path is not None:
        folders.append(Path(on_path).resolve().parent)
    return tuple(each for each in folders if (each / "initdb").exists())


def _run(program: Path, *arguments: object, user: str | None) -> None:
    subprocess.run(  # noqa: S603 - the server's own programs, found by us
        [str(program), *map(str, arguments)],
        user=user,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )
