"""The Device Management cluster (ZSE 1.4 Annex D): its attributes and commands."""

from typing import Final

from emulator.zcl.cluster import Attribute, Cluster, ClusterSide, Command, run
from emulator.zcl.data_types import DataType
from emulator.zigbee.addresses import ClusterId

_SERVER_ATTRIBUTES: Final = (
    Attribute(0x0100, "ProviderID", DataType.UINT32),
    Attribute(0x0101, "ProviderName", DataType.OCTSTR),
    Attribute(0x0102, "ProviderContactDetails", DataType.OCTSTR),
    Attribute(0x0110, "ProposedProviderID", DataType.UINT32),
    Attribute(0x0111, "ProposedProviderName", DataType.OCTSTR),
    Attribute(0x0112, "ProposedProviderChangeDateTime", DataType.UTC),
    Attribute(0x0113, "ProposedProviderChangeControl", DataType.MAP32),
    Attribute(0x0114, "ProposedProviderContactDetails", DataType.OCTSTR, verified=False),
    Attribute(0x0120, "ReceivedProviderID", DataType.UINT32),
    Attribute(0x0121, "ReceivedProviderName", DataType.OCTSTR),
    Attribute(0x0122, "ReceivedProviderContactDetails", DataType.OCTSTR),
    Attribute(0x0130, "ReceivedProposedProviderID", DataType.UINT32),
    Attribute(0x0131, "ReceivedProposedProviderName", DataType.OCTSTR),
    Attribute(0x0132, "ReceivedProposedProviderChangeDateTime", DataType.UTC),
    Attribute(0x0133, "ReceivedProposedProviderChangeControl", DataType.MAP32),
    Attribute(0x0134, "ReceivedProposedProviderContactDetails", DataType.OCTSTR, verified=False),
    Attribute(0x0200, "ChangeOfTenancyUpdateDateTime", DataType.UTC),
    Attribute(0x0201, "ProposedTenancyChangeControl", DataType.MAP32),
    Attribute(0x0300, "WANStatus", DataType.ENUM8),
    Attribute(0x0400, "LowMediumThreshold", DataType.UINT32),
    Attribute(0x0401, "MediumHighThreshold", DataType.UINT32),
)

_TO_SERVER: Final = (
    Command(0x00, "GetChangeOfTenancy"),
    Command(0x01, "GetChangeOfSupplier"),
    Command(0x02, "RequestNewPassword"),
    Command(0x03, "GetSiteID"),
    Command(0x04, "ReportEventConfiguration"),
    Command(0x05, "GetCIN"),
)

_CLIENT_ATTRIBUTES: Final = (
    Attribute(0x0000, "ProviderID", DataType.UINT32),
    Attribute(0x0010, "ReceivedProviderID", DataType.UINT32),
    *run(
        Attribute(0x0100, "{}", DataType.MAP8),
        """
        TOUTariffActivation BlockTariffActivated BlockTOUTariffActivated
        SingleTariffRateActivated AsynchronousBillingOccurred SynchronousBillingOccurred
        TariffNotSupported PriceClusterNotFound CurrencyChangePassiveActivated
        CurrencyChangePassiveUpdated PriceMatrixPassiveActivated PriceMatrixPassiveUpdated
        TariffChangePassiveActivated TariffChangedPassiveUpdated
    """,
    ),
    *run(
        Attribute(0x01B0, "{}", DataType.MAP8),
        """
        PublishPriceReceived PublishPriceActioned PublishPriceCancelled PublishPriceRejected
        PublishTariffInformationReceived PublishTariffInformationActioned
        PublishTariffInformationCancelled PublishTariffInformationRejected
        PublishPriceMatrixReceived PublishPriceMatrixActioned PublishPriceMatrixCancelled
        PublishPriceMatrixRejected PublishBlockThresholdsReceived PublishBlockThresholdsActioned
        PublishBlockThresholdsCancelled PublishBlockThresholdsRejected
        PublishCalorificValueReceived PublishCalorificValueActioned
        PublishCalorificValueCancelled PublishCalorificValueRejected
        PublishConversionFactorReceived PublishConversionFactorActioned
        PublishConversionFactorCancelled PublishConversionFactorRejected PublishCO2ValueReceived
        PublishCO2ValueActioned PublishCO2ValueCancelled PublishCO2ValueRejected
        PublishCPPEventReceived PublishCPPEventActioned PublishCPPEventCancelled
        PublishCPPEventRejected PublishTierLabelsReceived PublishTierLabelsActioned
        PublishTierLabelsCancelled PublishTierLabelsRejected PublishBillingPeriodReceived
        PublishBillingPeriodActioned PublishBillingPeriodCancelled PublishBillingPeriodRejected
        PublishConsolidatedBillReceived PublishConsolidatedBillActioned
        PublishConsolidatedBillCancelled PublishConsolidatedBillRejected
        PublishBlockPeriodReceived PublishBlockPeriodActioned PublishBlockPeriodCancelled
        PublishBlockPeriodRejected PublishCreditPaymentInfoReceived
        PublishCreditPaymentInfoActioned PublishCreditPaymentInfoCancelled
        PublishCreditPaymentInfoRejected PublishCurrencyConversionReceived
        PublishCurrencyConversionActioned PublishCurrencyConversionCancelled
        PublishCurrencyConversionRejected
    """,
    ),
    Attribute(0x01FF, "ReservedForPriceClusterGroupID", DataType.MAP8, verified=False),
    *run(
        Attribute(0x0200, "{}", DataType.MAP8),
        """
        CheckMeter LowBattery TamperDetect SupplyStatus SupplyQuality LeakDetect
        ServiceDisconnect ReverseFlowGasWaterHeatCooling MeterCoverRemoved MeterCoverClosed
        StrongMagneticField NoStrongMagneticField BatteryFailure ProgramMemoryError RAMError
        NVMemoryError LowVoltageL1 HighVoltageL1 LowVoltageL2 HighVoltageL2 LowVoltageL3
        HighVoltageL3 OverCurrentL1 OverCurrentL2 OverCurrentL3 FrequencyTooLowL1
        FrequencyTooHighL1 FrequencyTooLowL2 FrequencyTooHighL2 FrequencyTooLowL3
        FrequencyTooHighL3 GroundFault ElectricTamperDetect IncorrectPolarity CurrentNoVoltage
        UnderVoltage OverVoltage NormalVoltage PFBelowThreshold PFAboveThreshold
        TerminalCoverRemoved TerminalCoverClosed
    """,
    ),
    *run(
        Attribute(0x0230, "{}", DataType.MAP8),
        """
        BurstDetect PressureTooLow PressureTooHigh FlowSensorCommunicationError
        FlowSensorMeasurementFault FlowSensorReverseFlow FlowSensorAirDetect PipeEmpty
    """,
    ),
    Attribute(0x0250, "InletTemperatureSensorFault", DataType.MAP8),
    Attribute(0x0251, "OutletTemperatureSensorFault", DataType.MAP8),
    *run(
        Attribute(0x0260, "{}", DataType.MAP8),
        """
        ReverseFlow TiltTamper BatteryCoverRemoved BatteryCoverClosed ExcessFlow TiltTamperEnded
    """,
    ),
    *run(
        Attribute(0x0270, "{}", DataType.MAP8),
        """
        MeasurementSystemError WatchdogError SupplyDisconnectFailure SupplyConnectFailure
        MeasurementSoftwareChanged DSTEnabled DSTDisabled ClockAdjustBackward ClockAdjustForward
        ClockInvalid CommunicationErrorHAN CommunicationOKHAN MeterFraudAttempt PowerLoss
        UnusualHANTraffic UnexpectedClockChange CommsUsingUnauthenticatedComponent
        MeteringErrorRegisterClear MeteringAlarmRegisterClear UnexpectedHWReset
        UnexpectedProgramExecution LimitThresholdExceeded LimitThresholdOK LimitThresholdChanged
        MaximumDemandExceeded ProfileCleared LoadProfileCleared BatteryWarning WrongSignature
        NoSignature SignatureNotValid UnauthorizedActionFromHAN FastPollingStart FastPollingEnd
        MeterReportingIntervalChanged DisconnectToLoadLimit MeterSupplyStatusRegisterChanged
        MeterAlarmStatusRegisterChanged ExtendedMeterAlarmStatusRegisterChanged
        DataAccessViaLocalPort ConfigureMirrorSuccess ConfigureMirrorFailure
        ConfigureNotificationFlagSchemeSuccess ConfigureNotificationFlagSchemeFailure
        ConfigureNotificationFlagsSuccess ConfigureNotificationFlagsFailure StayAwakeRequestHAN
        StayAwakeRequestWAN
    """,
    ),
    *run(
        Attribute(0x02B0, "{}", DataType.MAP8),
        """
        ManufacturerSpecificA ManufacturerSpecificB ManufacturerSpecificC ManufacturerSpecificD
        ManufacturerSpecificE ManufacturerSpecificF ManufacturerSpecificG ManufacturerSpecificH
        ManufacturerSpecificI
    """,
    ),
    *run(
        Attribute(0x02C0, "{}", DataType.MAP8),
        """
        GetProfileCommandReceived GetProfileCommandActioned GetProfileCommandCancelled
        GetProfileCommandRejected RequestMirrorResponseCommandReceived
        RequestMirrorResponseCommandActioned RequestMirrorResponseCommandCancelled
        RequestMirrorResponseCommandRejected MirrorRemovedCommandReceived
        MirrorRemovedCommandActioned MirrorRemovedCommandCancelled MirrorRemovedCommandRejected
        GetSnapshotCommandReceived GetSnapshotCommandActioned GetSnapshotCommandCancelled
        GetSnapshotCommandRejected TakeSnapshotCommandReceived TakeSnapshotCommandActioned
        TakeSnapshotCommandCancelled TakeSnapshotCommandRejected
        MirrorReportAttributeResponseCommandReceived
        MirrorReportAttributeResponseCommandActioned
        MirrorReportAttributeResponseCommandCancelled
        MirrorReportAttributeResponseCommandRejected ScheduleSnapshotCommandReceived
        ScheduleSnapshotCommandActioned ScheduleSnapshotCommandCancelled
        ScheduleSnapshotCommandRejected StartSamplingCommandReceived
        StartSamplingCommandActioned StartSamplingCommandCancelled StartSamplingCommandRejected
        GetSampledDataCommandReceived GetSampledDataCommandActioned
        GetSampledDataCommandCancelled GetSampledDataCommandRejected SupplyOn SupplyArmed
        SupplyOff DisconnectedDueToTamperDetected ManualDisconnect ManualConnect
        RemoteDisconnection RemoteConnect LocalDisconnection LocalConnect ChangeSupplyReceived
        ChangeSupplyActioned ChangeSupplyCancelled ChangeSupplyRejected
        LocalChangeSupplyReceived LocalChangeSupplyActioned LocalChangeSupplyCancelled
        LocalChangeSupplyRejected PublishUncontrolledFlowThresholdReceived
        PublishUncontrolledFlowThresholdActioned PublishUncontrolledFlowThresholdCancelled
        PublishUncontrolledFlowThresholdRejected
    """,
    ),
    Attribute(0x02FF, "ReservedForMeteringClusterGroupId", DataType.MAP8, verified=False),
    Attribute(0x0300, "MessageConfirmationSent", DataType.MAP8),
    *run(
        Attribute(0x03C0, "{}", DataType.MAP8),
        """
        DisplayMessageReceived DisplayMessageActioned DisplayMessageCancelled
        DisplayMessageRejected CancelMessageReceived CancelMessageActioned
        CancelMessageCancelled CancelMessageRejected
    """,
    ),
    Attribute(0x03FF, "ReservedForMessagingClusterGroupID", DataType.MAP8, verified=False),
    *run(
        Attribute(0x0400, "{}", DataType.MAP8),
        """
        LowCredit NoCreditZeroCredit CreditExhausted EmergencyCreditEnabled
        EmergencyCreditExhausted IHDLowCreditWarning
    """,
    ),
    *run(
        Attribute(0x0420, "{}", DataType.MAP8),
        """
        PhysicalAttackOnThePrepayMeter ElectronicAttackOnThePrepayMeter DiscountApplied
        CreditAdjustment CreditAdjustFail DebtAdjustment DebtAdjustFail ModeChange
        TopupCodeError TopupAlreadyUsed TopupCodeInvalid TopupAcceptedViaRemote
        TopupAcceptedViaManualEntry FriendlyCreditInUse FriendlyCreditPeriodEndWarning
        FriendlyCreditPeriodEnd PrepaymentErrorRegisterClear PrepaymentAlarmRegisterClear
        PrepayClusterNotFound TopupValueTooLarge
    """,
    ),
    *run(
        Attribute(0x0441, "{}", DataType.MAP8),
        """
        ModeCredit2Prepay ModePrepay2Credit ModeDefault
    """,
    ),
    *run(
        Attribute(0x04C0, "{}", DataType.MAP8),
        """
        SelectAvailableEmergencyCreditReceived SelectAvailableEmergencyCreditActioned
        SelectAvailableEmergencyCreditCancelled SelectAvailableEmergencyCreditRejected
        ChangeDebtReceived ChangeDebtActioned ChangeDebtCancelled ChangeDebtRejected
        EmergencyCreditSetupReceived EmergencyCreditSetupActioned EmergencyCreditSetupCancelled
        EmergencyCreditSetupRejected ConsumerTopupReceived ConsumerTopupActioned
        ConsumerTopupCancelled ConsumerTopupRejected CreditAdjustmentReceived
        CreditAdjustmentActioned CreditAdjustmentCancelled CreditAdjustmentRejected
        ChangePaymentModeReceived ChangePaymentModeActioned ChangePaymentModeCancelled
        ChangePaymentModeRejected GetPrepaySnapshotReceived GetPrepaySnapshotActioned
        GetPrepaySnapshotCancelled GetPrepaySnapshotRejected GetTopupLogReceived
        GetTopupLogActioned GetTopupLogCancelled GetTopupLogRejected
        SetLowCreditWarningLevelReceived SetLowCreditWarningLevelActioned
        SetLowCreditWarningLevelCancelled SetLowCreditWarningLevelRejected
        GetDebtRepayLogReceived GetDebtRepayLogActioned GetDebtRepayLogCancelled
        GetDebtRepayLogRejected SetMaximumCreditLimitReceived SetMaximumCreditLimitActioned
        SetMaximumCreditLimitCancelled SetMaximumCreditLimitRejected SetOverallDebtCapReceived
        SetOverallDebtCapActioned SetOverallDebtCapCancelled SetOverallDebtCapRejected
    """,
    ),
    Attribute(0x04FF, "ReservedForPrepaymentClusterGroupID", DataType.MAP8, verified=False),
    *run(
        Attribute(0x0500, "{}", DataType.MAP8),
        """
        CalendarClusterNotFound CalendarChangePassiveActivated CalendarChangePassiveUpdated
    """,
    ),
    *run(
        Attribute(0x05C0, "{}", DataType.MAP8),
        """
        PublishCalendarReceived PublishCalendarActioned PublishCalendarCancelled
        PublishCalendarRejected PublishDayProfileReceived PublishDayProfileActioned
        PublishDayProfileCancelled PublishDayProfileRejected PublishWeekProfileReceived
        PublishWeekProfileActioned PublishWeekProfileCancelled PublishWeekProfileRejected
        PublishSeasonsReceived PublishSeasonsActioned PublishSeasonsCancelled
        PublishSeasonsRejected PublishSpecialDaysReceived PublishSpecialDaysActioned
        PublishSpecialDaysCancelled PublishSpecialDaysRejected
    """,
    ),
    Attribute(0x05FF, "ReservedForCalendarClusterGroupID", DataType.MAP8, verified=False),
    *run(
        Attribute(0x0600, "{}", DataType.MAP8),
        """
        Password1Change Password2Change Password3Change Password4Change EventLogCleared
    """,
    ),
    *run(
        Attribute(0x0610, "{}", DataType.MAP8),
        """
        ZigBeeAPSTimeout ZigBeeIEEETransmissionFailureOverThreshold
        ZigBeeIEEEFrameCheckSequenceThreshold ErrorCertificate ErrorSignature
        ErrorProgramStorage
    """,
    ),
    *run(
        Attribute(0x06C0, "{}", DataType.MAP8),
        """
        PublishCoTReceived PublishCoTActioned PublishCoTCancelled PublishCoTRejected
        PublishCoSReceived PublishCoSActioned PublishCoSCancelled PublishCoSRejected
        ChangePasswordReceived ChangePasswordActioned ChangePasswordCancelled
        ChangePasswordRejected SetEventConfigurationReceived SetEventConfigurationActioned
        SetEventConfigurationCancelled SetEventConfigurationRejected UpdateSiteIDReceived
        UpdateSiteIDActioned UpdateSiteIDCancelled UpdateSiteIDRejected UpdateCINReceived
        UpdateCINActioned UpdateCINCancelled UpdateCINRejected
    """,
    ),
    Attribute(0x06FF, "ReservedForDeviceManagementClusterGroupID", DataType.MAP8, verified=False),
    *run(
        Attribute(0x0700, "{}", DataType.MAP8),
        """
        TunnelingClusterNotFound UnsupportedProtocol IncorrectProtocol
    """,
    ),
    *run(
        Attribute(0x07C0, "{}", DataType.MAP8),
        """
        RequestTunnelCommandReceived RequestTunnelCommandRejected RequestTunnelCommandGenerated
        CloseTunnelCommandReceived CloseTunnelCommandRejected CloseTunnelCommandGenerated
        TransferDataCommandReceived TransferDataCommandRejected TransferDataCommandGenerated
        TransferDataErrorCommandReceived TransferDataErrorCommandRejected
        TransferDataErrorCommandGenerated AckTransferDataCommandReceived
        AckTransferDataCommandRejected AckTransferDataCommandGenerated ReadyDataCommandReceived
        ReadyDataCommandRejected ReadyDataCommandGenerated
        GetSupportedTunnelProtocolsCommandReceived GetSupportedTunnelProtocolsCommandRejected
        GetSupportedTunnelProtocolsCommandGenerated
    """,
    ),
    Attribute(0x07FF, "ReservedForTunnelClusterGroupID", DataType.MAP8, verified=False),
    *run(
        Attribute(0x0800, "{}", DataType.MAP8),
        """
        FirmwareReadyForActivation FirmwareActivated FirmwareActivationFailure
        PatchReadyForActivation PatchActivated PatchFailure
    """,
    ),
    *run(
        Attribute(0x08C0, "{}", DataType.MAP8),
        """
        ImageNotifyCommandReceived ImageNotifyCommandRejected QueryNextImageRequestGenerated
        QueryNextImageResponseReceived QueryNextImageResponseRejected ImageBlockRequestGenerated
        ImagePageRequestGenerated ImageBlockResponseReceived ImageBlockResponseRejected
        UpgradeEndRequestGenerated UpgradeEndResponseReceived UpgradeEndResponseRejected
        QuerySpecificFileRequestGenerated QuerySpecificFileResponseReceived
        QuerySpecificFileResponseRejected
    """,
    ),
    Attribute(0x08FF, "ReservedForOTAClusterGroupID", DataType.MAP8, verified=False),
)

_TO_CLIENT: Final = (
    Command(0x00, "PublishChangeOfTenancy"),
    Command(0x01, "PublishChangeOfSupplier"),
    Command(0x02, "RequestNewPasswordResponse"),
    Command(0x03, "UpdateSiteID"),
    Command(0x04, "SetEventConfiguration"),
    Command(0x05, "GetEventConfiguration"),
    Command(0x06, "UpdateCIN"),
)

DEVICE_MANAGEMENT: Final = Cluster(
    id=ClusterId(0x0708),
    name="Device Management",
    clause="ZSE 1.4 Annex D",
    server=ClusterSide(attributes=_SERVER_ATTRIBUTES, receives=_TO_SERVER),
    client=ClusterSide(attributes=_CLIENT_ATTRIBUTES, receives=_TO_CLIENT),
)
