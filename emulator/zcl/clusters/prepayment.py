"""The Prepayment cluster (ZSE 1.4 D.7): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import (
    Access,
    Attribute,
    Cluster,
    ClusterSide,
    Command,
    both_ways,
    series,
)
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0000, "PaymentControlConfiguration", DataType.MAP16),
    Attribute(0x0001, "CreditRemaining", DataType.INT32),
    Attribute(0x0002, "EmergencyCreditRemaining", DataType.INT32),
    Attribute(0x0003, "CreditStatus", DataType.MAP8),
    Attribute(0x0004, "CreditRemainingTimestamp", DataType.UTC),
    Attribute(0x0005, "AccumulatedDebt", DataType.INT32),
    Attribute(0x0006, "OverallDebtCap", DataType.INT32),
    Attribute(0x0010, "EmergencyCreditLimitAllowance", DataType.UINT32),
    Attribute(0x0011, "EmergencyCreditThreshold", DataType.UINT32),
    Attribute(0x0020, "TotalCreditAdded", DataType.UINT48),
    Attribute(0x0021, "MaxCreditLimit", DataType.UINT32),
    Attribute(0x0022, "MaxCreditPerTopUp", DataType.UINT32),
    Attribute(0x0030, "FriendlyCreditWarning", DataType.UINT8),
    Attribute(0x0031, "LowCreditWarning", DataType.UINT32),
    Attribute(0x0032, "IHDLowCreditWarning", DataType.UINT32, Access.READ_WRITE),
    Attribute(0x0033, "InterruptSuspendTime", DataType.UINT8),
    Attribute(0x0034, "RemainingFriendlyCreditTime", DataType.UINT16),
    Attribute(0x0035, "NextFriendlyCreditPeriod", DataType.UTC),
    Attribute(0x0040, "CutOffValue", DataType.INT32),
    Attribute(0x0080, "TokenCarrierID", DataType.OCTSTR, Access.READ_WRITE),
    *series(Attribute(0x0100, "TopUpDateTime{}", DataType.UTC), range(1, 6), step=0x10),
    *series(Attribute(0x0101, "TopUpAmount{}", DataType.INT32), range(1, 6), step=0x10),
    *series(Attribute(0x0102, "OriginatingDevice{}", DataType.ENUM8), range(1, 6), step=0x10),
    *series(Attribute(0x0103, "TopUpCode{}", DataType.OCTSTR), range(1, 6), step=0x10),
    *series(Attribute(0x0210, "DebtLabel{}", DataType.OCTSTR), range(1, 4), step=0x10),
    *series(Attribute(0x0211, "DebtAmount{}", DataType.UINT32), range(1, 4), step=0x10),
    *series(Attribute(0x0212, "DebtRecoveryMethod{}", DataType.ENUM8), range(1, 4), step=0x10),
    *series(Attribute(0x0213, "DebtRecoveryStartTime{}", DataType.UTC), range(1, 4), step=0x10),
    *series(
        Attribute(0x0214, "DebtRecoveryCollectionTime{}", DataType.UINT16), range(1, 4), step=0x10
    ),
    *series(Attribute(0x0216, "DebtRecoveryFrequency{}", DataType.ENUM8), range(1, 4), step=0x10),
    *series(Attribute(0x0217, "DebtRecoveryAmount{}", DataType.UINT32), range(1, 4), step=0x10),
    *series(
        Attribute(0x0219, "DebtRecoveryTopUpPercentage{}", DataType.UINT16), range(1, 4), step=0x10
    ),
    Attribute(0x0400, "PrepaymentAlarmStatus", DataType.MAP16),
    Attribute(0x0401, "PrepayGenericAlarmMask", DataType.MAP16, Access.READ_WRITE),
    Attribute(0x0402, "PrepaySwitchAlarmMask", DataType.MAP16, Access.READ_WRITE),
    Attribute(0x0403, "PrepayEventAlarmMask", DataType.MAP16, Access.READ_WRITE),
    Attribute(0x0500, "HistoricalCostConsumptionFormatting", DataType.MAP8),
    Attribute(0x0501, "ConsumptionUnitOfMeasurement", DataType.ENUM8),
    Attribute(0x0502, "CurrencyScalingFactor", DataType.ENUM8),
    Attribute(0x0503, "Currency", DataType.UINT16),
    Attribute(0x051C, "CurrentDayCostConsumptionDelivered", DataType.UINT48),
    Attribute(0x051D, "CurrentDayCostConsumptionReceived", DataType.UINT48),
    Attribute(0x051E, "PreviousDayCostConsumptionDelivered", DataType.UINT48),
    Attribute(0x051F, "PreviousDayCostConsumptionReceived", DataType.UINT48),
    *both_ways(Attribute(0x0520, "PreviousDay{}CostConsumption{}", DataType.UINT48), range(2, 9)),
    Attribute(0x0530, "CurrentWeekCostConsumptionDelivered", DataType.UINT48),
    Attribute(0x0531, "CurrentWeekCostConsumptionReceived", DataType.UINT48),
    Attribute(0x0532, "PreviousWeekCostConsumptionDelivered", DataType.UINT48),
    Attribute(0x0533, "PreviousWeekCostConsumptionReceived", DataType.UINT48),
    *both_ways(Attribute(0x0534, "PreviousWeek{}CostConsumption{}", DataType.UINT48), range(2, 6)),
    Attribute(0x0540, "CurrentMonthCostConsumptionDelivered", DataType.UINT48),
    Attribute(0x0541, "CurrentMonthCostConsumptionReceived", DataType.UINT48),
    Attribute(0x0542, "PreviousMonthCostConsumptionDelivered", DataType.UINT48),
    Attribute(0x0543, "PreviousMonthCostConsumptionReceived", DataType.UINT48),
    *both_ways(
        Attribute(0x0544, "PreviousMonth{}CostConsumption{}", DataType.UINT48), range(2, 14)
    ),
    Attribute(0x055C, "HistoricalFreezeTime", DataType.UINT16),
)

_TO_SERVER: Final = (
    Command(0x00, "SelectAvailableEmergencyCredit"),
    Command(0x02, "ChangeDebt"),
    Command(0x03, "EmergencyCreditSetup"),
    Command(0x04, "ConsumerTopUp"),
    Command(0x05, "CreditAdjustment"),
    Command(0x06, "ChangePaymentMode"),
    Command(0x07, "GetPrepaySnapshot"),
    Command(0x08, "GetTopUpLog"),
    Command(0x09, "SetLowCreditWarningLevel"),
    Command(0x0A, "GetDebtRepaymentLog"),
    Command(0x0B, "SetMaximumCreditLimit"),
    Command(0x0C, "SetOverallDebtCap"),
)

_TO_CLIENT: Final = (
    Command(0x01, "PublishPrepaySnapshot"),
    Command(0x02, "ChangePaymentModeResponse"),
    Command(0x03, "ConsumerTopUpResponse"),
    Command(0x05, "PublishTopUpLog"),
    Command(0x06, "PublishDebtLog"),
)

PREPAYMENT: Final = Cluster(
    id=ClusterId(0x0705),
    name="Prepayment",
    clause="ZSE 1.4 D.7",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(receives=_TO_CLIENT),
)
