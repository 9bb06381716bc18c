"""Every reference GBZ command is answered like its reference answer.

A pair counts as told by its own answer when the answer changes without that. What is left is done
by the command itself, or was there before.
"""

from collections import Counter

import pytest

from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.injected_faults import faults_of
from emulator.gbcs_device.gbz.state.as_shipped import GPF, GSME
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.testing.scenes.gbz_scene import METER, MOMENT, PROXY, ReferencePair, reference_pairs

SHIPPED = {METER: GSME, PROXY: GPF}


@pytest.fixture(scope="module")
def pairs() -> tuple[ReferencePair, ...]:
    """The pairs of the reference set."""
    return reference_pairs()


def ask(pair: ReferencePair) -> Command:
    """The command of a pair, with the faults that its answer shows."""
    payload = decode_payload(pair.message)
    assert isinstance(payload, GbzPayload)
    return Command(
        message=pair.message,
        payload=payload,
        use_case=use_case(pair.message.other_information.message_code),
        sender=RemotePartyRole.SUPPLIER,
        moment=MOMENT,
        encrypt=pair.encrypt,
        faults=faults_of(payload, pair.plain),
    )


def answered_alike(executor: GbzExecutor, pair: ReferencePair) -> bool:
    """Whether the answer is, octet for octet, that of the pair."""
    response = executor.execute(ask(pair)).response
    return isinstance(response, GbzPayload) and response.encode() == pair.answer.payload


def class_of(pair: ReferencePair) -> str:
    """How a pair comes out: what it proves."""
    fresh = GbzExecutor(MeterStore(SHIPPED[pair.message.recipient]))
    if answered_alike(fresh, pair):
        return "injected errors" if ask(pair).faults else "actions and updates"
    seeded = GbzExecutor(MeterStore(SHIPPED[pair.message.recipient]))
    seeded.seed(pair.message, pair.plain)
    if not answered_alike(seeded, pair):
        return f"different: {pair.name}"
    return "injected errors, seeded" if ask(pair).faults else "seeded"


def test_every_pair_is_answered_octet_for_octet(pairs: tuple[ReferencePair, ...]) -> None:
    classes = Counter(map(class_of, pairs))

    assert classes == {
        "actions and updates": 39,
        "injected errors": 42,
        "seeded": 50,
        "injected errors, seeded": 13,
    }


def test_one_meter_answers_all_pairs_one_after_the_other(pairs: tuple[ReferencePair, ...]) -> None:
    devices = {each: GbzExecutor(MeterStore(values)) for each, values in SHIPPED.items()}
    different = []

    for pair in pairs:
        executor = devices[pair.message.recipient]
        executor.seed(pair.message, pair.plain)
        if not answered_alike(executor, pair):
            different.append(pair.name)

    assert len(pairs) == 144
    assert different == []


def test_an_answer_of_another_command_changes_nothing(pairs: tuple[ReferencePair, ...]) -> None:
    first, other = pairs[0], next(each for each in pairs if "GCS13a" in each.name)
    executor = GbzExecutor(MeterStore(GSME))
    before = executor.snapshot()

    executor.seed(first.message, other.plain)

    assert executor.snapshot() == before
