from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import seconds
from emulator.radio.phy.pages import PHYS
from emulator.radio.port import Channel
from emulator.testing.zdo_scene import METER_ADDRESS, home, zdp
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.primitives import ApsdeDataIndication
from emulator.zigbee.nwk.primitives import (
    NlmeChannelRequest,
    NlmeEnergyScanConfirm,
    NlmeEnergyScanRequest,
    NlmeManagerRequest,
)
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.management_frames import (
    CHANGE_CHANNEL,
    CHANGE_MANAGER,
    MgmtNwkUpdateNotify,
    MgmtNwkUpdateReq,
)
from emulator.zigbee.zdo.network_updates import NetworkUpdates, channels_of, mask_of, notification
from emulator.zigbee.zdo.requests import Answer
