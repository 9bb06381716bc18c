import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.sniffing.channels import parse_channels


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("15", [15]), ("11, 20,11", [11, 20]), ("25-26,11", [25, 26, 11])],
)
def test_channels_are_read_in_their_order_each_once(text: str, numbers: list[int]) -> None:
    assert [channel.number for channel in parse_channels(text)] == numbers


@pytest.mark.parametrize("text", ["", "10", "27", "15-11x", "26-11", "-", "1e1", "²5", "99999999"])
def test_what_is_no_channel_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected channels from 11 to 26"):
        parse_channels(text)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(UsageError) as refused:
        parse_channels("10,15,27")

    assert len(refused.value.problems) == 2
