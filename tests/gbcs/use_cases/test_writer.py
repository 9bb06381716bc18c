"""Records that were written are read again as the use cases that they are of."""

import json

import pytest

from emulator.gbcs.commands.build import value_names
from emulator.gbcs.commands.template_reader import command_document, has_template
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.gbcs.use_cases.reader import read_use_cases
from emulator.gbcs.use_cases.record import Category, Evidence, UseCase
from emulator.gbcs.use_cases.writer import record_of

EVERYTHING = use_cases()


@pytest.mark.parametrize("each", EVERYTHING, ids=lambda each: f"{each.code:04X}")
def test_a_record_is_read_as_the_use_case_that_it_is_of(each: UseCase) -> None:
    (read,) = read_use_cases(json.dumps(record_of(each)), "mine.jsonl")

    assert read == each


@pytest.mark.parametrize(
    "each", [each for each in EVERYTHING if has_template(each)], ids=lambda each: f"{each.code:04X}"
)
def test_with_its_command_it_makes_the_same_commands(each: UseCase) -> None:
    written = json.dumps(record_of(each, command_document(each)))

    (read,) = read_use_cases(written, "mine.jsonl")

    assert read.command is not None
    assert tuple(value_names(read)) == tuple(value_names(each))


def test_what_says_nothing_is_left_out() -> None:
    bare = UseCase(
        code=0x0ABC,
        name=None,
        title="Ring the bell",
        category=Category.SME_C_NC,
        evidence=Evidence.NAME,
    )

    assert record_of(bare) == {
        "code": "0ABC",
        "name": None,
        "title": "Ring the bell",
        "category": "SME.C.NC",
        "evidence": "name",
    }
