from emulator.zigbee.nwk.discovery import DiscoveryState
from emulator.zigbee.nwk.facts import UnexpectedEvent
from emulator.zigbee.nwk.primitives import NlmeSyncRequest
from emulator.zigbee.nwk.procedure import unexpected


def test_unexpected_event_is_named_with_its_state() -> None:
    effects = unexpected("discovery", DiscoveryState.SCANNING, NlmeSyncRequest())

    assert effects == [UnexpectedEvent("discovery", "SCANNING", "NlmeSyncRequest")]
