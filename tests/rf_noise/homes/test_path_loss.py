import numpy as np
import pytest

from emulator.radio.propagation.p1238 import PowerLoss
from emulator.radio.propagation.path_loss import Place
from emulator.rf_noise.homes.path_loss import path_loss


def test_loss_is_that_of_the_published_example_without_its_floors() -> None:
    # ns-3's test of P.1238: 2114 MHz, 31.32 m, N 28, two floors of 4 dB each: 88.3855 dB
    (loss,) = path_loss(np.array([31.32]), 2114e6, 28)

    assert loss + 2 * 4 == pytest.approx(88.3855, abs=0.1)


def test_loss_is_that_of_the_model_for_single_links() -> None:
    far = Place("far", x=12.5)

    (loss,) = path_loss(np.array([12.5]), 2440e6, 28)

    assert loss == pytest.approx(PowerLoss().loss(Place("near"), far, 2440e6))


def test_nearer_than_a_metre_is_a_metre() -> None:
    loss = path_loss(np.array([0.2, 1.0, 10.0]), 868e6, 28)

    assert loss[0] == loss[1] == loss[2] - 28
