"""Kinds of checks: each has a clause and a way to be done."""

import pytest

from emulator.bench.cases.checks import CLAUSES, Check
from emulator.bench.running.script_table import EVERY_SCRIPT


@pytest.mark.parametrize("check", Check)
def test_every_check_has_a_clause_and_a_script(check: Check) -> None:
    assert CLAUSES[check].startswith(("GBCS ", "SMETS2 ", "SEC ", "ZSE ", "R22 "))
    assert check in EVERY_SCRIPT


def test_no_two_checks_share_a_clause_but_for_its_words() -> None:
    assert len(set(CLAUSES.values())) == len(CLAUSES)
