"""`hanlab new`: a tester's own repository."""

from pathlib import Path
from typing import Annotated

import typer


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new, or empty.")],
) -> None:
    """Make a repository for tests of your own, with examples that pass.

    Examples:
      hanlab new my-tests
      cd my-tests && pytest -n 2

    Files written:
      README.md  pyproject.toml  requirements.txt  .gitignore  shipment.csv  campaign.toml
      records/own.jsonl  records/XCS01.py  tests/test_commissioning.py
      tests/test_use_case.py  .github/workflows/hanlab.yml
    """
    from emulator.bench.tester_repository.repository import make_repository  # noqa: PLC0415 - help must not wait

    for path in make_repository(folder):
        typer.echo(str(path))
    typer.echo(f"cd {folder} && pytest -n 2")
