"""Files and functions stay small enough to read at one sitting."""

import ast
from pathlib import Path

MOST_LINES_IN_A_FILE = 400
MOST_LINES_IN_A_FUNCTION = 50


def test_no_file_is_longer_than_400_lines(root: Path, python_files: tuple[Path, ...]) -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in python_files}

    too_long = [
        f"{path.relative_to(root)}: {length}"
        for path, length in lengths.items()
        if length > MOST_LINES_IN_A_FILE
    ]

    assert not too_long, "\n".join(too_long)


def test_no_function_is_longer_than_50_lines(root: Path, python_files: tuple[Path, ...]) -> None:
    too_long = [
        f"{path.relative_to(root)}:{node.lineno} {node.name}: {length}"
        for path in python_files
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_IN_A_FUNCTION
    ]

    assert not too_long, "\n".join(too_long)


def test_an_init_file_holds_no_logic(root: Path, product: tuple[Path, ...]) -> None:
    allowed = (ast.Expr, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)

    with_logic = [
        str(path.relative_to(root))
        for path in product
        if path.name == "__init__.py"
        and any(not isinstance(node, allowed) for node in ast.parse(path.read_text()).body)
    ]

    assert not with_logic, "\n".join(with_logic)
