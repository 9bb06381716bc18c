"""Every source file with something to run has a test file at the mirrored place."""

import ast
from pathlib import Path

VAGUE = {"base", "common", "helpers", "manager", "misc", "utils"}


def test_every_source_file_has_its_test_file(root: Path, product: tuple[Path, ...]) -> None:
    untested = [
        f"{path.relative_to(root)} wants {mirror.relative_to(root)}"
        for path in product
        if path.is_relative_to(root / "scenarios") is False
        and _runs(path)
        and not (mirror := _mirror(root, path)).exists()
    ]

    assert not untested, "\n".join(untested)


def test_no_file_has_a_name_that_says_nothing(root: Path, python_files: tuple[Path, ...]) -> None:
    vague = [
        str(path.relative_to(root))
        for path in python_files
        if path.stem.removeprefix("test_") in VAGUE
    ]

    assert not vague, "\n".join(vague)


def _mirror(root: Path, path: Path) -> Path:
    place = path.relative_to(root)
    if place.parts[0] == "emulator":
        place = place.relative_to("emulator")
    return root / "tests" / place.with_name(f"test_{place.name}")


def _runs(path: Path) -> bool:
    """Whether the file holds a function with a body, not declarations only."""
    return path.name != "__init__.py" and any(
        isinstance(node, ast.FunctionDef) and not _is_declaration(node)
        for node in ast.walk(ast.parse(path.read_text()))
    )


def _is_declaration(function: ast.FunctionDef) -> bool:
    return all(
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        for statement in function.body
    )
