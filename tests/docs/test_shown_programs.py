"""What the programs in the documents import is there, without running any of them."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.docs.test_documents import FENCE, PAGES, ROOT

OURS = ("emulator", "devices", "hardware")


def shown(page: Path) -> Iterator[tuple[str, str]]:
    """Modules of ours and the names that a page imports from them."""
    for language, _, body in FENCE.findall(page.read_text()):
        if language == "python":
            for node in ast.walk(ast.parse(body)):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(OURS):
                    yield from ((str(node.module), each.name) for each in node.names)


WITH_IMPORTS = [page for page in PAGES if any(shown(page))]


@pytest.mark.parametrize("page", WITH_IMPORTS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_imports_is_there(page: Path) -> None:
    missing = [
        f"{module}.{name}"
        for module, name in shown(page)
        if not hasattr(import_module(module), name)
    ]

    assert not missing
