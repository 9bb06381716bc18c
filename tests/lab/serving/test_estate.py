from pathlib import Path

import pytest

from emulator.dcc.service_request import Acknowledgement, RequestId
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.lab.laboratory import LabOptions
from emulator.lab.serving.estate import MESSAGES_KEPT, MOST, Estate, open_estate
from emulator.lab.shipments.shipment import read_shipment

SHIPMENT = read_shipment(Path(__file__).parents[2] / "data" / "shipments" / "one-meter.csv")


def opened(premises: int, options: LabOptions | None = None) -> Estate:
    return open_estate(SHIPMENT, premises, options or LabOptions())


def test_homes_far_apart_are_commissioned_by_one_dcc() -> None:
    estate = opened(3)

    estate.bring_up()

    rows = estate.first.lab.device_rows()
    assert [row.smi_status for row in rows if row.type == "ESME"] == ["Commissioned"] * 3
    assert len({row.eui64 for row in rows}) == len(rows) == 9
    assert len({id(work.lab.air) for work in estate.homes}) == 3
    assert all(work.side is estate.first.side for work in estate.homes)


def test_a_home_is_the_same_whoever_lives_far_away() -> None:
    alone, among = opened(1), opened(2)
    for estate in (alone, among):
        estate.bring_up()

    lines = list(alone.first.lab.trace.lines())

    assert list(among.first.lab.trace.lines())[: len(lines)] == lines


def test_homes_that_are_up_for_days_keep_no_letters_and_few_messages() -> None:
    estate = opened(1)
    estate.keep_little()

    mailbox, messages = estate.first.side.dcc.mailbox, estate.first.lab.world.messages
    for counter in range(3 * MESSAGES_KEPT):
        request_id = RequestId(Eui64(1), Eui64(2), counter)
        mailbox.put(Acknowledgement(request_id=request_id, code="I99"))
        messages.observe(Instant(counter), "a", "b", b"")

    assert len(mailbox.acknowledgements) <= 2 * MESSAGES_KEPT
    assert len(messages.take()) == MESSAGES_KEPT


@pytest.mark.parametrize("premises", [0, MOST + 1])
def test_none_and_too_many_are_refused(premises: int) -> None:
    with pytest.raises(UsageError, match="--premises"):
        opened(premises)


def test_the_state_of_many_homes_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--state"):
        opened(2, LabOptions(state=tmp_path / "new"))


def test_a_file_is_no_folder_for_state(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")

    with pytest.raises(UsageError, match="not a folder"):
        opened(1, LabOptions(state=file))
