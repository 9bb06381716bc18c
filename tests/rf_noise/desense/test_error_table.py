from math import log10

import numpy as np
import pytest

from emulator.radio.phy.error_rates import packet_error_rate, required_snr
from emulator.radio.phy.oqpsk import OqpskErrorRates
from emulator.radio.phy.pages import PHYS
from emulator.rf_noise.desense.error_table import error_table, needed_snr


@pytest.mark.parametrize("page", [0, 28])
def test_table_gives_what_the_phy_gives(page: int) -> None:
    phy = PHYS[page]
    snr = np.linspace(-20, 18, 97)

    lost = 1 - np.exp(error_table(phy).log_success(snr, 800))

    exact = [packet_error_rate(phy.error_rates, 10 ** (each / 10), 800) for each in snr]
    assert lost == pytest.approx(exact, abs=2e-3)


def test_beyond_the_table_nothing_or_all_is_lost() -> None:
    table = error_table(PHYS[0])

    assert np.exp(table.log_success(np.array([-200.0, 200.0]), 800)) == pytest.approx([0, 1])


def test_needed_ratio_is_that_of_the_phy() -> None:
    assert needed_snr(PHYS[0]) == pytest.approx(
        10 * log10(required_snr(OqpskErrorRates())), abs=2e-3
    )
