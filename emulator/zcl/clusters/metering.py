"""The Metering cluster (ZSE 1.4 D.3): its attributes, commands, and the payloads of mirroring."""

from typing import Annotated, Final

from emulator.wire.codecs import U8, U16, U24, U32, Many, UInt
from emulator.wire.struct import Struct
from emulator.zcl.cluster import (
    Access,
    Attribute,
    Cluster,
    ClusterSide,
    Command,
    both_ways,
    grid,
    series,
)
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId


class RequestMirrorResponse(Struct):
    """Request Mirror Response: the mirror's endpoint, or 0xFFFF for none (ZSE 1.4 D.3.2.3)."""

    endpoint: U16


class MirrorRemoved(Struct):
    """Mirror Removed: the endpoint that mirrors no longer (ZSE 1.4 D.3.2.3)."""

    endpoint: U16


class MirrorReportAttributeResponse(Struct):
    """Mirror Report Attribute Response: what waits for the meter (ZSE 1.4 D.3.2.3)."""

    scheme: U8
    flags: Annotated[tuple[int, ...], Many(UInt(4))]


class ConfigureMirror(Struct):
    """Configure Mirror; the interval is in seconds (ZSE 1.4 D.3.2.3)."""

    issuer_event: U32
    reporting_interval: U24
    mirror_notification_reporting: Annotated[bool, UInt(1)]
    notification_scheme: U8


class GetNotifiedMessage(Struct):
    """Get Notified Message: send what these flags of that attribute announce (ZSE 1.4 D.3.2.3)."""

    notification_scheme: U8
    attribute: U16
    flags: U32


BILL_TO_DATE: Final = 0x0A00
BILL_TRAILING_DIGIT: Final = 0x0A04
"""BillToDateDelivered, and how many of its digits are decimals of the currency (ZSE 1.4 D.3.2)."""
_BLOCK_REGISTERS: Final = 0x0700


def block_register(tier: int, block: int) -> int:
    """CurrentTier{}Block{}SummationDelivered, of no tier for 0; blocks from 0 (ZSE 1.4 D.3.2)."""
    return _BLOCK_REGISTERS + 0x10 * tier + block


_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "CurrentSummationDelivered", DataType.UINT48),
    Attribute(0x0001, "CurrentSummationReceived", DataType.UINT48),
    Attribute(0x0002, "CurrentMaxDemandDelivered", DataType.UINT48),
    Attribute(0x0003, "CurrentMaxDemandReceived", DataType.UINT48),
    Attribute(0x0004, "DFTSummation", DataType.UINT48),
    Attribute(0x0005, "DailyFreezeTime", DataType.UINT16),
    Attribute(0x0006, "PowerFactor", DataType.INT8),
    Attribute(0x0007, "ReadingSnapshotTime", DataType.UTC),
    Attribute(0x0008, "CurrentMaxDemandDeliveredTime", DataType.UTC),
    Attribute(0x0009, "CurrentMaxDemandReceivedTime", DataType.UTC),
    Attribute(0x000A, "DefaultUpdatePeriod", DataType.UINT8),
    Attribute(0x000B, "FastPollUpdatePeriod", DataType.UINT8),
    Attribute(0x000C, "CurrentBlockPeriodConsumptionDelivered", DataType.UINT48),
    Attribute(0x000D, "DailyConsumptionTarget", DataType.UINT24),
    Attribute(0x000E, "CurrentBlock", DataType.ENUM8),
    Attribute(0x000F, "ProfileIntervalPeriod", DataType.ENUM8),
    Attribute(0x0010, "IntervalReadReportingPeriod", DataType.UINT16),
    Attribute(0x0011, "PresetReadingTime", DataType.UINT16),
    Attribute(0x0012, "VolumePerReport", DataType.UINT16),
    Attribute(0x0013, "FlowRestriction", DataType.UINT8),
    Attribute(0x0014, "SupplyStatus", DataType.ENUM8),
    Attribute(0x0015, "CurrentInletEnergyCarrierSummation", DataType.UINT48),
    Attribute(0x0016, "CurrentOutletEnergyCarrierSummation", DataType.UINT48),
    Attribute(0x0017, "InletTemperature", DataType.INT24),
    Attribute(0x0018, "OutletTemperature", DataType.INT24),
    Attribute(0x0019, "ControlTemperature", DataType.INT24),
    Attribute(0x001A, "CurrentInletEnergyCarrierDemand", DataType.INT24),
    Attribute(0x001B, "CurrentOutletEnergyCarrierDemand", DataType.INT24),
    Attribute(0x001C, "PreviousBlockPeriodConsumptionDelivered", DataType.UINT48),
    Attribute(0x001D, "CurrentBlockPeriodConsumptionReceived", DataType.UINT48),
    Attribute(0x001E, "CurrentBlockReceived", DataType.ENUM8),
    Attribute(0x001F, "DFTSummationReceived", DataType.UINT48),
    Attribute(0x0020, "ActiveRegisterTierDelivered", DataType.ENUM8),
    Attribute(0x0021, "ActiveRegisterTierReceived", DataType.ENUM8),
    Attribute(0x0022, "LastBlockSwitchTime", DataType.UTC),
    *series(
        Attribute(0x0100, "CurrentTier{}SummationDelivered", DataType.UINT48), range(1, 49), step=2
    ),
    *series(
        Attribute(0x0101, "CurrentTier{}SummationReceived", DataType.UINT48), range(1, 49), step=2
    ),
    Attribute(0x01FC, "CPP1SummationDelivered", DataType.UINT48),
    Attribute(0x01FE, "CPP2SummationDelivered", DataType.UINT48),
    Attribute(0x0200, "Status", DataType.MAP8),
    Attribute(0x0201, "RemainingBatteryLife", DataType.UINT8),
    Attribute(0x0202, "HoursInOperation", DataType.UINT24),
    Attribute(0x0203, "HoursInFault", DataType.UINT24),
    Attribute(0x0204, "ExtendedStatus", DataType.MAP64),
    Attribute(0x0205, "RemainingBatteryLifeInDays", DataType.UINT16, unit="d"),
    Attribute(0x0206, "CurrentMeterID", DataType.OCTSTR),
    Attribute(0x0207, "AmbientConsumptionIndicator", DataType.ENUM8),
    Attribute(0x0300, "UnitOfMeasure", DataType.ENUM8),
    Attribute(0x0301, "Multiplier", DataType.UINT24),
    Attribute(0x0302, "Divisor", DataType.UINT24),
    Attribute(0x0303, "SummationFormatting", DataType.MAP8),
    Attribute(0x0304, "DemandFormatting", DataType.MAP8),
    Attribute(0x0305, "HistoricalConsumptionFormatting", DataType.MAP8),
    Attribute(0x0306, "MeteringDeviceType", DataType.MAP8),
    Attribute(0x0307, "SiteID", DataType.OCTSTR),
    Attribute(0x0308, "MeterSerialNumber", DataType.OCTSTR),
    Attribute(0x0309, "EnergyCarrierUnitOfMeasure", DataType.ENUM8),
    Attribute(0x030A, "EnergyCarrierSummationFormatting", DataType.MAP8),
    Attribute(0x030B, "EnergyCarrierDemandFormatting", DataType.MAP8),
    Attribute(0x030C, "TemperatureUnitOfMeasure", DataType.ENUM8),
    Attribute(0x030D, "TemperatureFormatting", DataType.MAP8),
    Attribute(0x030E, "ModuleSerialNumber", DataType.OCTSTR),
    Attribute(0x030F, "OperatingTariffLabelDelivered", DataType.OCTSTR),
    Attribute(0x0310, "OperatingTariffLabelReceived", DataType.OCTSTR),
    Attribute(0x0311, "CustomerIDNumber", DataType.OCTSTR),
    Attribute(0x0312, "AlternativeUnitOfMeasure", DataType.ENUM8),
    Attribute(0x0313, "AlternativeDemandFormatting", DataType.MAP8),
    Attribute(0x0314, "AlternativeConsumptionFormatting", DataType.MAP8),
    Attribute(0x0400, "InstantaneousDemand", DataType.INT24),
    Attribute(0x0401, "CurrentDayConsumptionDelivered", DataType.UINT24),
    Attribute(0x0402, "CurrentDayConsumptionReceived", DataType.UINT24),
    Attribute(0x0403, "PreviousDayConsumptionDelivered", DataType.UINT24),
    Attribute(0x0404, "PreviousDayConsumptionReceived", DataType.UINT24),
    Attribute(0x0405, "CurrentPartialProfileIntervalStartTimeDelivered", DataType.UTC),
    Attribute(0x0406, "CurrentPartialProfileIntervalStartTimeReceived", DataType.UTC),
    Attribute(0x0407, "CurrentPartialProfileIntervalValueDelivered", DataType.UINT24),
    Attribute(0x0408, "CurrentPartialProfileIntervalValueReceived", DataType.UINT24),
    Attribute(0x0409, "CurrentDayMaxPressure", DataType.UINT48),
    Attribute(0x040A, "CurrentDayMinPressure", DataType.UINT48),
    Attribute(0x040B, "PreviousDayMaxPressure", DataType.UINT48),
    Attribute(0x040C, "PreviousDayMinPressure", DataType.UINT48),
    Attribute(0x040D, "CurrentDayMaxDemand", DataType.INT24),
    Attribute(0x040E, "PreviousDayMaxDemand", DataType.INT24),
    Attribute(0x040F, "CurrentMonthMaxDemand", DataType.INT24),
    Attribute(0x0410, "CurrentYearMaxDemand", DataType.INT24),
    Attribute(0x0411, "CurrentDayMaxEnergyCarrierDemand", DataType.INT24),
    Attribute(0x0412, "PreviousDayMaxEnergyCarrierDemand", DataType.INT24),
    Attribute(0x0413, "CurrentMonthMaxEnergyCarrierDemand", DataType.INT24),
    Attribute(0x0414, "CurrentMonthMinEnergyCarrierDemand", DataType.INT24),
    Attribute(0x0415, "CurrentYearMaxEnergyCarrierDemand", DataType.INT24),
    Attribute(0x0416, "CurrentYearMinEnergyCarrierDemand", DataType.INT24),
    *series(
        Attribute(0x0420, "PreviousDay{}ConsumptionDelivered", DataType.UINT24), range(2, 9), step=2
    ),
    *series(
        Attribute(0x0421, "PreviousDay{}ConsumptionReceived", DataType.UINT24), range(2, 9), step=2
    ),
    Attribute(0x0430, "CurrentWeekConsumptionDelivered", DataType.UINT24),
    Attribute(0x0431, "CurrentWeekConsumptionReceived", DataType.UINT24),
    Attribute(0x0432, "PreviousWeekConsumptionDelivered", DataType.UINT24),
    Attribute(0x0433, "PreviousWeekConsumptionReceived", DataType.UINT24),
    *series(
        Attribute(0x0434, "PreviousWeek{}ConsumptionDelivered", DataType.UINT24),
        range(2, 6),
        step=2,
    ),
    *series(
        Attribute(0x0435, "PreviousWeek{}ConsumptionReceived", DataType.UINT24), range(2, 6), step=2
    ),
    Attribute(0x0440, "CurrentMonthConsumptionDelivered", DataType.UINT32),
    Attribute(0x0441, "CurrentMonthConsumptionReceived", DataType.UINT32),
    Attribute(0x0442, "PreviousMonthConsumptionDelivered", DataType.UINT32),
    Attribute(0x0443, "PreviousMonthConsumptionReceived", DataType.UINT32),
    *both_ways(Attribute(0x0444, "PreviousMonth{}Consumption{}", DataType.UINT32), range(2, 14)),
    Attribute(0x045C, "HistoricalFreezeTime", DataType.UINT16),
    Attribute(0x045D, "CurrentDayMaxDemandDelivered", DataType.UINT48, verified=False),
    Attribute(0x045E, "CurrentDayMaxDemandDeliveredTime", DataType.UTC, verified=False),
    Attribute(0x045F, "CurrentDayMaxDemandReceived", DataType.UINT48, verified=False),
    Attribute(0x0460, "CurrentDayMaxDemandReceivedTime", DataType.UTC, verified=False),
    Attribute(0x0461, "PreviousDayMaxDemandDelivered", DataType.UINT48, verified=False),
    Attribute(0x0462, "PreviousDayMaxDemandDeliveredTime", DataType.UTC, verified=False),
    Attribute(0x0463, "PreviousDayMaxDemandReceived", DataType.UINT48, verified=False),
    Attribute(0x0464, "PreviousDayMaxDemandReceivedTime", DataType.UTC, verified=False),
    Attribute(0x0500, "MaxNumberOfPeriodsDelivered", DataType.UINT8),
    Attribute(0x0600, "CurrentDemandDelivered", DataType.UINT24),
    Attribute(0x0601, "DemandLimit", DataType.UINT24),
    Attribute(0x0602, "DemandIntegrationPeriod", DataType.UINT8),
    Attribute(0x0603, "NumberOfDemandSubintervals", DataType.UINT8),
    Attribute(0x0604, "DemandLimitArmDuration", DataType.UINT16),
    Attribute(0x0605, "LoadLimitSupplyState", DataType.ENUM8),
    Attribute(0x0606, "LoadLimitCounter", DataType.UINT8),
    Attribute(0x0607, "SupplyTamperState", DataType.ENUM8),
    Attribute(0x0608, "SupplyDepletionState", DataType.ENUM8),
    Attribute(0x0609, "SupplyUncontrolledFlowState", DataType.ENUM8),
    *series(
        Attribute(0x0700, "CurrentNoTierBlock{}SummationDelivered", DataType.UINT48), range(1, 17)
    ),
    *grid(
        Attribute(0x0710, "CurrentTier{}Block{}SummationDelivered", DataType.UINT48),
        range(1, 16),
        range(1, 17),
    ),
    Attribute(0x0800, "GenericAlarmMask", DataType.MAP16, Access.READ_WRITE),
    Attribute(0x0801, "ElectricityAlarmMask", DataType.MAP32, Access.READ_WRITE),
    Attribute(0x0802, "GenericFlowPressureAlarmMask", DataType.MAP16, Access.READ_WRITE),
    Attribute(0x0803, "WaterSpecificAlarmMask", DataType.MAP16, Access.READ_WRITE),
    Attribute(0x0804, "HeatAndCoolingSpecificAlarmMask", DataType.MAP16, Access.READ_WRITE),
    Attribute(0x0805, "GasSpecificAlarmMask", DataType.MAP16, Access.READ_WRITE),
    Attribute(0x0806, "ExtendedGenericAlarmMask", DataType.MAP48, Access.READ_WRITE),
    Attribute(0x0807, "ManufacturerAlarmMask", DataType.MAP16, Access.READ_WRITE),
    *series(
        Attribute(0x0900, "CurrentNoTierBlock{}SummationReceived", DataType.UINT48), range(1, 17)
    ),
    *grid(
        Attribute(0x0910, "CurrentTier{}Block{}SummationReceived", DataType.UINT48),
        range(1, 16),
        range(1, 17),
    ),
    Attribute(0x0A00, "BillToDateDelivered", DataType.UINT32),
    Attribute(0x0A01, "BillToDateTimeStampDelivered", DataType.UTC),
    Attribute(0x0A02, "ProjectedBillDelivered", DataType.UINT32),
    Attribute(0x0A03, "ProjectedBillTimeStampDelivered", DataType.UTC),
    Attribute(0x0A04, "BillDeliveredTrailingDigit", DataType.MAP8),
    Attribute(0x0A10, "BillToDateReceived", DataType.UINT32),
    Attribute(0x0A11, "BillToDateTimeStampReceived", DataType.UTC),
    Attribute(0x0A12, "ProjectedBillReceived", DataType.UINT32),
    Attribute(0x0A13, "ProjectedBillTimeStampReceived", DataType.UTC),
    Attribute(0x0A14, "BillReceivedTrailingDigit", DataType.MAP8),
    Attribute(0x0B00, "ProposedChangeSupplyImplementationTime", DataType.UTC),
    Attribute(0x0B01, "ProposedChangeSupplyStatus", DataType.ENUM8),
    Attribute(0x0B10, "UncontrolledFlowThreshold", DataType.UINT16),
    Attribute(0x0B11, "UncontrolledFlowUnitOfMeasure", DataType.ENUM8),
    Attribute(0x0B12, "UncontrolledFlowMultiplier", DataType.UINT16),
    Attribute(0x0B13, "UncontrolledFlowDivisor", DataType.UINT16),
    Attribute(0x0B14, "FlowStabilisationPeriod", DataType.UINT8),
    Attribute(0x0B15, "FlowMeasurementPeriod", DataType.UINT16),
    Attribute(0x0C00, "AlternativeInstantaneousDemand", DataType.INT24),
    Attribute(0x0C01, "CurrentDayAlternativeConsumptionDelivered", DataType.UINT24),
    Attribute(0x0C02, "CurrentDayAlternativeConsumptionReceived", DataType.UINT24),
    Attribute(0x0C03, "PreviousDayAlternativeConsumptionDelivered", DataType.UINT24),
    Attribute(0x0C04, "PreviousDayAlternativeConsumptionReceived", DataType.UINT24),
    Attribute(0x0C05, "CurrentAlternativePartialProfileIntervalStartTimeDelivered", DataType.UTC),
    Attribute(0x0C06, "CurrentAlternativePartialProfileIntervalStartTimeReceived", DataType.UTC),
    Attribute(0x0C07, "CurrentAlternativePartialProfileIntervalValueDelivered", DataType.UINT24),
    Attribute(0x0C08, "CurrentAlternativePartialProfileIntervalValueReceived", DataType.UINT24),
    Attribute(0x0C09, "CurrentDayAlternativeMaxPressure", DataType.UINT48),
    Attribute(0x0C0A, "CurrentDayAlternativeMinPressure", DataType.UINT48),
    Attribute(0x0C0B, "PreviousDayAlternativeMaxPressure", DataType.UINT48),
    Attribute(0x0C0C, "PreviousDayAlternativeMinPressure", DataType.UINT48),
    Attribute(0x0C0D, "CurrentDayAlternativeMaxDemand", DataType.INT24),
    Attribute(0x0C0E, "PreviousDayAlternativeMaxDemand", DataType.INT24),
    Attribute(0x0C0F, "CurrentMonthAlternativeMaxDemand", DataType.INT24),
    Attribute(0x0C10, "CurrentYearAlternativeMaxDemand", DataType.INT24),
    *both_ways(
        Attribute(0x0C20, "PreviousDay{}AlternativeConsumption{}", DataType.UINT24), range(2, 9)
    ),
    Attribute(0x0C30, "CurrentWeekAlternativeConsumptionDelivered", DataType.UINT24),
    Attribute(0x0C31, "CurrentWeekAlternativeConsumptionReceived", DataType.UINT24),
    Attribute(0x0C32, "PreviousWeekAlternativeConsumptionDelivered", DataType.UINT24),
    Attribute(0x0C33, "PreviousWeekAlternativeConsumptionReceived", DataType.UINT24),
    *both_ways(
        Attribute(0x0C34, "PreviousWeek{}AlternativeConsumption{}", DataType.UINT24), range(2, 6)
    ),
    Attribute(0x0C40, "CurrentMonthAlternativeConsumptionDelivered", DataType.UINT32),
    Attribute(0x0C41, "CurrentMonthAlternativeConsumptionReceived", DataType.UINT32),
    Attribute(0x0C42, "PreviousMonthAlternativeConsumptionDelivered", DataType.UINT32),
    Attribute(0x0C43, "PreviousMonthAlternativeConsumptionReceived", DataType.UINT32),
    *both_ways(
        Attribute(0x0C44, "PreviousMonth{}AlternativeConsumption{}", DataType.UINT32), range(2, 14)
    ),
    Attribute(0x0C5C, "CurrentDayAlternativeMaxDemandDelivered", DataType.UINT48, verified=False),
    Attribute(0x0C5D, "CurrentDayAlternativeMaxDemandDeliveredTime", DataType.UTC, verified=False),
    Attribute(0x0C5E, "CurrentDayAlternativeMaxDemandReceived", DataType.UINT48, verified=False),
    Attribute(0x0C5F, "CurrentDayAlternativeMaxDemandReceivedTime", DataType.UTC, verified=False),
    Attribute(0x0C60, "PreviousDayAlternativeMaxDemandDelivered", DataType.UINT48, verified=False),
    Attribute(0x0C61, "PreviousDayAlternativeMaxDemandDeliveredTime", DataType.UTC, verified=False),
    Attribute(0x0C62, "PreviousDayAlternativeMaxDemandReceived", DataType.UINT48, verified=False),
    Attribute(0x0C63, "PreviousDayAlternativeMaxDemandReceivedTime", DataType.UTC, verified=False),
    *series(
        Attribute(0x0D01, "CurrentActiveSummationQ{}", DataType.UINT48, verified=False), range(1, 5)
    ),
    *series(
        Attribute(0x0D05, "CurrentReactiveSummationQ{}", DataType.UINT48, verified=False),
        range(1, 5),
    ),
)

_TO_SERVER: Final = (
    Command(0x00, "GetProfile"),
    Command(0x01, "RequestMirrorResponse", RequestMirrorResponse),
    Command(0x02, "MirrorRemoved", MirrorRemoved),
    Command(0x03, "RequestFastPollMode"),
    Command(0x04, "ScheduleSnapshot"),
    Command(0x05, "TakeSnapshot"),
    Command(0x06, "GetSnapshot"),
    Command(0x07, "StartSampling"),
    Command(0x08, "GetSampledData"),
    Command(0x09, "MirrorReportAttributeResponse", MirrorReportAttributeResponse),
    Command(0x0A, "ResetLoadLimitCounter"),
    Command(0x0B, "ChangeSupply"),
    Command(0x0C, "LocalChangeSupply"),
    Command(0x0D, "SetSupplyStatus"),
    Command(0x0E, "SetUncontrolledFlowThreshold"),
)

_CLIENT_ATTRIBUTES: Final = (
    Attribute(0x0000, "FunctionalNotificationFlags", DataType.MAP32),
    *series(Attribute(0x0001, "NotificationFlags{}", DataType.MAP32), range(2, 9)),
)

_TO_CLIENT: Final = (
    Command(0x00, "GetProfileResponse"),
    Command(0x01, "RequestMirror"),
    Command(0x02, "RemoveMirror"),
    Command(0x03, "RequestFastPollModeResponse"),
    Command(0x04, "ScheduleSnapshotResponse"),
    Command(0x05, "TakeSnapshotResponse"),
    Command(0x06, "PublishSnapshot"),
    Command(0x07, "GetSampledDataResponse"),
    Command(0x08, "ConfigureMirror", ConfigureMirror),
    Command(0x09, "ConfigureNotificationScheme"),
    Command(0x0A, "ConfigureNotificationFlags"),
    Command(0x0B, "GetNotifiedMessage", GetNotifiedMessage),
    Command(0x0C, "SupplyStatusResponse"),
    Command(0x0D, "StartSamplingResponse"),
)

METERING: Final = Cluster(
    id=ClusterId(0x0702),
    name="Metering",
    clause="ZSE 1.4 D.3",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(attributes=_CLIENT_ATTRIBUTES, receives=_TO_CLIENT),
)
