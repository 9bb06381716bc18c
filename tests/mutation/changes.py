"""Which of the changes that cosmic-ray knows are worth a run of the tests.

It puts eleven operators in the place of one, in types as in sums. Of those that tests notice or
miss together one is tried, and what does not decide what a function gives is not changed at all.
"""

import ast
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

Span = tuple[tuple[int, int], tuple[int, int]]
"""Line and column where a piece of source begins, and where it has ended."""
OPERATORS: Final = {
    "Add": ("Sub", "BitOr"),
    "Sub": ("Add",),
    "Mul": ("Add", "FloorDiv"),
    "Div": ("Mul", "FloorDiv"),
    "FloorDiv": ("Mul", "Mod"),
    "Mod": ("FloorDiv",),
    "Pow": ("Mul",),
    "RShift": ("LShift",),
    "LShift": ("RShift",),
    "BitOr": ("BitAnd", "BitXor"),
    "BitAnd": ("BitOr", "BitXor"),
    "BitXor": ("BitAnd", "BitOr"),
}
COMPARISONS: Final = {
    "Eq": ("NotEq", "LtE", "GtE"),
    "NotEq": ("Eq", "Lt", "Gt"),
    "Lt": ("LtE", "GtE"),
    "LtE": ("Lt", "Gt"),
    "Gt": ("GtE", "LtE"),
    "GtE": ("Gt", "Lt"),
    "Is": ("IsNot",),
    "IsNot": ("Is",),
}
CHOSEN: Final = {
    f"core/Replace{kind}Operator_{present}_{other}"
    for kind, table in (("Binary", OPERATORS), ("Comparison", COMPARISONS))
    for present, others in table.items()
    for other in others
}
OF_MANY: Final = ("core/ReplaceBinaryOperator_", "core/ReplaceComparisonOperator_")
PASSED_OVER: Final = "core/RemoveDecorator"
"""Without one a file fails at once, or a cache is gone, which is no fault."""
CHANGES: Final = "select job_id, operator_name, start_pos_row, start_pos_col from mutation_specs"


def choose(source: Path, session: Path) -> None:
    """Take the changes to the source out of cosmic-ray's session that are not worth a run."""
    passed_over = list(_of_no_weight(ast.parse(source.read_text())))
    with closing(sqlite3.connect(session)) as database, database:
        left_out = [
            (job,)
            for job, operator, row, column in database.execute(CHANGES).fetchall()
            if operator.startswith(PASSED_OVER)
            or (operator.startswith(OF_MANY) and operator not in CHOSEN)
            or any(start <= (row, column) < end for start, end in passed_over)
        ]
        database.executemany("delete from mutation_specs where job_id = ?", left_out)
        database.executemany("delete from work_items where job_id = ?", left_out)


def _of_no_weight(tree: ast.AST) -> Iterator[Span]:
    """Where annotations stand and what decorators are given: frozen, slots, the size of a cache."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(annotation=ast.expr() as told) | ast.AnnAssign(annotation=told):
                yield _place(told)
            case ast.FunctionDef(returns=told, decorator_list=decorators):
                yield from map(_place, [*decorators, *([told] if told else [])])
            case ast.ClassDef(decorator_list=decorators):
                yield from map(_place, decorators)
            case _:
                pass


def _place(node: ast.expr) -> Span:
    end = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
    return (node.lineno, node.col_offset), end
