"""Sends a beacon request with scapy and prints the frames that were heard; a program of its own.

Scapy is GPL: only this process imports it. Without words the air is simulated; a word is the port
of a dongle.
"""

import sys

from scapy.layers.dot15d4 import Dot15d4, Dot15d4Beacon, Dot15d4Cmd, Dot15d4FCS

from emulator.kernel.errors import UsageError
from emulator.lab.installing.commissioning import form_network
from emulator.testing.scapy_layers.air import ScapyRadio, spinel_radio
from emulator.testing.scenes.captured_homes import small_home

REQUEST = Dot15d4(fcf_frametype=3, fcf_destaddrmode=2, seqnum=9) / Dot15d4Cmd(
    dest_panid=0xFFFF, dest_addr=0xFFFF, cmd_id=7
)


def asked(radio: ScapyRadio) -> None:
    """Ask for beacons, and print what there is."""
    told = [str(radio.send(REQUEST)), str(radio.send(Dot15d4FCS(bytes(REQUEST) + b"\0\0")))]
    heard = radio.listen("2 s", until=lambda each: Dot15d4Beacon in each)
    for _ in range(5):  # a hub that is served forms its network in real time
        if any(Dot15d4Beacon in each for each in heard):
            break
        radio.send(REQUEST)
        heard += radio.listen("2 s", until=lambda each: Dot15d4Beacon in each)
    told += [packet.summary() for packet in heard]
    try:
        radio.send(Dot15d4(bytes(126)))
    except UsageError as refusal:
        told.append(str(refusal))
    sys.stdout.write("\n".join(told) + "\n")


def main(*words: str) -> None:
    """Use a dongle, or an emulated home."""
    if words:
        with spinel_radio(words[0], 11) as radio:
            asked(radio)
        return
    lab = small_home()
    home = lab.home()
    form_network(lab, home)
    home.permit_join(254)
    asked(ScapyRadio(lab.radios.make("scapy"), lab.scheduler, 11))


if __name__ == "__main__":
    main(*sys.argv[1:])
