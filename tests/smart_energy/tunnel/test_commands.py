import pytest

from emulator.smart_energy.tunnel.commands import (
    answer,
    data_of,
    default_response,
    to_client,
    to_server,
)
from emulator.testing.stack.tunnel_bench import AT_DEVICE, DEVICE, ENDPOINT, came
from emulator.zcl.clusters.tunneling import (
    TUNNELING,
    CloseTunnel,
    ToClient,
    ToServer,
    TransferData,
    TransferDataError,
    TransferDataStatus,
)
from emulator.zcl.primitives import Side, ZclStatus

DATA = TransferData(7, b"message")


def test_command_to_the_server_waits_for_its_answer() -> None:
    sent = to_server(1, AT_DEVICE, ENDPOINT, ToServer.TRANSFER_DATA, DATA)

    assert (sent.command, sent.to_side, sent.expects_answer) == (0x02, Side.SERVER, True)
    assert sent.payload == bytes.fromhex("0700") + b"message"
    assert sent.link_key is None  # the key policy of the cluster asks for the agreed key


@pytest.mark.parametrize(
    ("which", "answered"),
    [(ToClient.TRANSFER_DATA, True), (ToClient.TUNNEL_CLOSURE_NOTIFICATION, False)],
)
def test_client_answers_data_and_not_a_notice(which: ToClient, answered: bool) -> None:
    sent = to_client(1, AT_DEVICE, ENDPOINT, which, CloseTunnel(7))

    assert (sent.to_side, sent.expects_answer) == (Side.CLIENT, answered)
    assert sent.disable_default_response is not answered


def test_answer_goes_back_under_the_number_it_was_asked_by() -> None:
    asked = came(DEVICE, TUNNELING.id, 0x02, DATA.encode(), Side.SERVER, sequence=99)
    error = TransferDataError(7, TransferDataStatus.WRONG_DEVICE)

    sent = answer(1, asked, ToClient.TRANSFER_DATA_ERROR, error)

    assert (sent.destination, sent.sequence, sent.to_side) == (AT_DEVICE, 99, Side.CLIENT)
    assert data_of(asked) == DATA


def test_success_is_told_only_where_it_is_wanted_and_an_error_always() -> None:
    asked = came(DEVICE, TUNNELING.id, 0x02, DATA.encode(), Side.SERVER)
    quiet = came(DEVICE, TUNNELING.id, 0x02, DATA.encode(), Side.SERVER, quiet=True)

    assert default_response(1, quiet, ZclStatus.SUCCESS) == ()
    (success,) = default_response(1, asked, ZclStatus.SUCCESS)
    (error,) = default_response(1, quiet, ZclStatus.NOT_FOUND)

    assert (success.general, success.payload) == (True, bytes.fromhex("02 00"))
    assert error.payload == bytes.fromhex("02 8B")
