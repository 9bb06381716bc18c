"""What may change a status: service requests, their responses, contacts, and decisions."""

from enum import Enum


class Trigger(Enum):
    """The occasion of a change of status; values say it in words."""

    PRE_NOTIFIED = "pre-notification (SRV 12.2)"
    DEVICE_LOG_ADDED = "added to the device log of a hub (SRV 8.11)"
    KEY_ESTABLISHED = "the hub reports a key with the device (CS14)"
    STATUS_UPDATED = "update of the inventory (SRV 8.4)"
    HUB_INSTALLED_WITHOUT_WAN = "hub installed, no SM WAN (SRV 8.14.2)"
    HUB_INSTALLED = "hub installed (SRV 8.14.1)"
    WAN_CONTACT = "hub heard on the SM WAN"
    HUB_ADVANCED = "the hub of a gas proxy function was installed"
    COMMISSION_DEVICE = "response to Commission Device (SRV 8.1.1)"
    JOIN_SERVICE = "response to Join Service (SRV 8.7.1, 8.7.2)"
    DECOMMISSION_DEVICE = "Decommission Device (SRV 8.3)"
    HUB_RETURNED_WITH_FAULT = "hub returned with a fault (SRV 8.14.3)"
    HUB_RETURNED = "hub returned without a fault (SRV 8.14.4)"
    MODEL_SUSPENDED = "model left the Certified Products List"
    MODEL_RESTORED = "model is back in the Certified Products List"
    RECOVERY_BEGUN = "SMKI recovery begun"
    RECOVERY_COMPLETED = "SMKI recovery completed"
