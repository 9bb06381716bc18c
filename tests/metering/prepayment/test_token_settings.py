import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import unverified
from emulator.metering.prepayment.token_settings import TokenSettings


def test_what_no_source_proves_is_told() -> None:
    assert list(unverified(TokenSettings())) == ["remembered"]


@pytest.mark.parametrize("name", ["remembered", "logged"])
def test_meter_that_keeps_no_token_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=rf"tokens\.{name} is 0: expected at least 1"):
        TokenSettings(**{name: 0})
