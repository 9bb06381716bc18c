from emulator.zigbee.nwk.facts import UnexpectedEvent
from emulator.zigbee.nwk.membership.discovery import DiscoveryState
from emulator.zigbee.nwk.membership.procedure import unexpected
from emulator.zigbee.nwk.primitives import NlmeSyncRequest


def test_unexpected_event_is_named_with_its_state() -> None:
    effects = unexpected("discovery", DiscoveryState.SCANNING, NlmeSyncRequest())

    assert effects == [UnexpectedEvent("discovery", "SCANNING", "NlmeSyncRequest")]
