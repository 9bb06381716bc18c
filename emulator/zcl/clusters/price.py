"""The Price cluster (ZSE 1.4 D.4): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Access, Attribute, Cluster, ClusterSide, Command, grid, series
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    *series(
        Attribute(0x0000, "Tier{}PriceLabel", DataType.OCTSTR, Access.READ_WRITE), range(1, 49)
    ),
    *series(Attribute(0x0100, "Block{}Threshold", DataType.UINT48), range(1, 16)),
    Attribute(0x010F, "BlockThresholdCount", DataType.UINT8),
    *grid(Attribute(0x0110, "Tier{}Block{}Threshold", DataType.UINT48), range(1, 16), range(1, 16)),
    *series(
        Attribute(0x011F, "Tier{}BlockThresholdCount", DataType.UINT8), range(1, 16), step=0x10
    ),
    Attribute(0x0200, "StartOfBlockPeriod", DataType.UTC),
    Attribute(0x0201, "BlockPeriodDuration", DataType.UINT24),
    Attribute(0x0202, "ThresholdMultiplier", DataType.UINT24),
    Attribute(0x0203, "ThresholdDivisor", DataType.UINT24),
    Attribute(0x0204, "BlockPeriodDurationType", DataType.MAP8),
    Attribute(0x0300, "CommodityType", DataType.ENUM8),
    Attribute(0x0301, "StandingCharge", DataType.UINT32),
    Attribute(0x0302, "ConversionFactor", DataType.UINT32),
    Attribute(0x0303, "ConversionFactorTrailingDigit", DataType.MAP8),
    Attribute(0x0304, "CalorificValue", DataType.UINT32),
    Attribute(0x0305, "CalorificValueUnit", DataType.ENUM8),
    Attribute(0x0306, "CalorificValueTrailingDigit", DataType.MAP8),
    *series(Attribute(0x0400, "NoTierBlock{}Price", DataType.UINT32), range(1, 17)),
    *grid(Attribute(0x0410, "Tier{}Block{}Price", DataType.UINT32), range(1, 16), range(1, 17)),
    *series(Attribute(0x050F, "PriceTier{}", DataType.UINT32), range(16, 49)),
    Attribute(0x05FE, "CPP1Price", DataType.UINT32),
    Attribute(0x05FF, "CPP2Price", DataType.UINT32),
    Attribute(0x0610, "TariffLabel", DataType.OCTSTR),
    Attribute(0x0611, "NumberOfPriceTiersInUse", DataType.UINT8),
    Attribute(0x0612, "NumberOfBlockThresholdsInUse", DataType.UINT8),
    Attribute(0x0613, "TierBlockMode", DataType.ENUM8),
    Attribute(0x0615, "UnitOfMeasure", DataType.ENUM8),
    Attribute(0x0616, "Currency", DataType.UINT16),
    Attribute(0x0617, "PriceTrailingDigit", DataType.MAP8),
    Attribute(0x0619, "TariffResolutionPeriod", DataType.ENUM8),
    Attribute(0x0620, "CO2", DataType.UINT32),
    Attribute(0x0621, "CO2Unit", DataType.ENUM8),
    Attribute(0x0622, "CO2TrailingDigit", DataType.MAP8),
    Attribute(0x0700, "CurrentBillingPeriodStart", DataType.UTC),
    Attribute(0x0701, "CurrentBillingPeriodDuration", DataType.UINT24),
    Attribute(0x0702, "LastBillingPeriodStart", DataType.UTC),
    Attribute(0x0703, "LastBillingPeriodDuration", DataType.UINT24),
    Attribute(0x0704, "LastBillingPeriodConsolidatedBill", DataType.UINT32),
    Attribute(0x0800, "CreditPaymentDueDate", DataType.UTC),
    Attribute(0x0801, "CreditPaymentStatus", DataType.ENUM8),
    Attribute(0x0802, "CreditPaymentOverDueAmount", DataType.INT32),
    Attribute(0x080A, "PaymentDiscount", DataType.INT32),
    Attribute(0x080B, "PaymentDiscountPeriod", DataType.ENUM8),
    *series(Attribute(0x0810, "CreditPayment{}", DataType.UINT32), range(1, 6), step=0x10),
    *series(Attribute(0x0811, "CreditPaymentDate{}", DataType.UTC), range(1, 6), step=0x10),
    *series(Attribute(0x0812, "CreditPaymentRef{}", DataType.OCTSTR), range(1, 6), step=0x10),
    *series(
        Attribute(0x8000, "ReceivedTier{}PriceLabel", DataType.OCTSTR, Access.READ_WRITE),
        range(1, 49),
    ),
    *series(Attribute(0x8100, "ReceivedBlock{}Threshold", DataType.UINT48), range(1, 16)),
    Attribute(0x8200, "ReceivedStartOfBlockPeriod", DataType.UTC),
    Attribute(0x8201, "ReceivedBlockPeriodDuration", DataType.UINT24),
    Attribute(0x8202, "ReceivedThresholdMultiplier", DataType.UINT24),
    Attribute(0x8203, "ReceivedThresholdDivisor", DataType.UINT24),
    *series(Attribute(0x8400, "RxNoTierBlock{}Price", DataType.UINT32), range(1, 17)),
    *grid(Attribute(0x8410, "RxTier{}Block{}Price", DataType.UINT32), range(1, 16), range(1, 17)),
    *series(Attribute(0x850F, "ReceivedPriceTier{}", DataType.UINT32), range(16, 49)),
    Attribute(0x8610, "ReceivedTariffLabel", DataType.OCTSTR),
    Attribute(0x8611, "ReceivedNumberOfTariffTiersInUse", DataType.UINT8),
    Attribute(0x8612, "ReceivedNumberOfBlockThresholdsInUse", DataType.UINT8),
    Attribute(0x8613, "ReceivedTierBlockMode", DataType.UINT8),
    Attribute(0x8615, "ReceivedTariffResolutionPeriod", DataType.ENUM8),
    Attribute(0x8625, "ReceivedCO2", DataType.UINT32),
    Attribute(0x8626, "ReceivedCO2Unit", DataType.ENUM8),
    Attribute(0x8627, "ReceivedCO2TrailingDigit", DataType.MAP8),
    Attribute(0x8700, "ReceivedCurrentBillingPeriodStart", DataType.UTC),
    Attribute(0x8701, "ReceivedCurrentBillingPeriodDuration", DataType.UINT24),
    Attribute(0x8702, "ReceivedLastBillingPeriodStart", DataType.UTC),
    Attribute(0x8703, "RxLastBillingPeriodDuration", DataType.UINT24, verified=False),
    Attribute(0x8704, "ReceivedLastBillingPeriodConsolidatedBill", DataType.UINT32),
)

_TO_SERVER: Final = (
    Command(0x00, "GetCurrentPrice"),
    Command(0x01, "GetScheduledPrices"),
    Command(0x02, "PriceAcknowledgement"),
    Command(0x03, "GetBlockPeriodS"),
    Command(0x04, "GetConversionFactor"),
    Command(0x05, "GetCalorificValue"),
    Command(0x06, "GetTariffInformation"),
    Command(0x07, "GetPriceMatrix"),
    Command(0x08, "GetBlockThresholds"),
    Command(0x09, "GetCO2Value"),
    Command(0x0A, "GetTierLabels"),
    Command(0x0B, "GetBillingPeriod"),
    Command(0x0C, "GetConsolidatedBill"),
    Command(0x0D, "CPPEventResponse"),
    Command(0x0E, "GetCreditPayment"),
    Command(0x0F, "GetCurrencyConversion"),
    Command(0x10, "GetTariffCancellation"),
)

_CLIENT_ATTRIBUTES: Final = (
    Attribute(0x0000, "PriceIncreaseRandomizeMinutes", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0001, "PriceDecreaseRandomizeMinutes", DataType.UINT8, Access.READ_WRITE),
    Attribute(0x0002, "CommodityType", DataType.ENUM8),
)

_TO_CLIENT: Final = (
    Command(0x00, "PublishPrice"),
    Command(0x01, "PublishBlockPeriod"),
    Command(0x02, "PublishConversionFactor"),
    Command(0x03, "PublishCalorificValue"),
    Command(0x04, "PublishTariffInformation"),
    Command(0x05, "PublishPriceMatrix"),
    Command(0x06, "PublishBlockThresholds"),
    Command(0x07, "PublishCO2Value"),
    Command(0x08, "PublishTierLabels"),
    Command(0x09, "PublishBillingPeriod"),
    Command(0x0A, "PublishConsolidatedBill"),
    Command(0x0B, "PublishCPPEvent"),
    Command(0x0C, "PublishCreditPayment"),
    Command(0x0D, "PublishCurrencyConversion"),
    Command(0x0E, "CancelTariff"),
)

PRICE: Final = Cluster(
    id=ClusterId(0x0700),
    name="Price",
    clause="ZSE 1.4 D.4",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(attributes=_CLIENT_ATTRIBUTES, receives=_TO_CLIENT),
)
