"""What commands of the Device Management cluster say, each declared once (ZSE 1.4 Annex D).

Times are seconds since 2000-01-01 UTC.
"""

from typing import Annotated

from emulator.wire.codecs import U8, U16, U32, Many, Prefixed, Remaining, UInt
from emulator.wire.struct import Struct

Octets = Annotated[bytes, Prefixed()]


class EventConfiguration(Struct):
    """How one event is treated (ZSE 1.4 Annex D)."""

    event_id: U16
    event_configuration: U8


class ReportEventConfiguration(Struct):
    """Report Event Configuration (ZSE 1.4 Annex D)."""

    command_index: U8
    total_number_of_commands: U8
    configurations: Annotated[tuple[EventConfiguration, ...], Many(EventConfiguration)]


class PublishChangeOfTenancy(Struct):
    """Publish Change Of Tenancy (ZSE 1.4 Annex D)."""

    provider_id: U32
    issuer_event_id: U32
    tariff_type: U8
    implementation_date_time: U32
    proposed_tenancy_change_control: U32


class PublishChangeOfSupplier(Struct):
    """Publish Change Of Supplier (ZSE 1.4 Annex D)."""

    current_provider_id: U32
    issuer_event_id: U32
    tariff_type: U8
    proposed_provider_id: U32
    provider_change_implementation_time: U32
    provider_change_control: U32
    proposed_provider_name: Octets
    proposed_provider_contact_details: Octets


class RequestNewPasswordResponse(Struct):
    """Request New Password Response (ZSE 1.4 Annex D)."""

    issuer_event_id: U32
    implementation_date_time: U32
    duration_in_minutes: U16
    password_type: U8
    password: Octets


class UpdateSiteID(Struct):
    """Update Site ID (ZSE 1.4 Annex D)."""

    issuer_event_id: U32
    site_id_time: U32
    provider_id: U32
    site_id: Octets


class SetEventConfiguration(Struct):
    """Set Event Configuration (ZSE 1.4 Annex D)."""

    issuer_event_id: U32
    start_date_time: U32
    event_configuration: U8
    configuration_control: U8
    event_configuration_payload: Remaining = b""


class EventList(Struct):
    """The events that a configuration is for, one by one (ZSE 1.4 Annex D, apply by list)."""

    event_ids: Annotated[tuple[int, ...], Many(UInt(2), prefix=1)]


class EventGroup(Struct):
    """The group of events that a configuration is for (ZSE 1.4 Annex D, apply by event group)."""

    event_group_id: U16


class ConfigurationMatch(Struct):
    """Which configuration is replaced by which (ZSE 1.4 Annex D, apply by match)."""

    current_configuration: U8
    new_configuration: U8


class GetEventConfiguration(Struct):
    """Get Event Configuration (ZSE 1.4 Annex D)."""

    event_id: U16


class UpdateCIN(Struct):
    """Update CIN (ZSE 1.4 Annex D)."""

    issuer_event_id: U32
    cin_implementation_time: U32
    provider_id: U32
    customer_id_number: Octets
