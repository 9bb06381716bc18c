"""Defects of memory: what a device does not keep (GBCS 13, SMETS2 5.4)."""

from devices.faulty.forgetting import Memory, forgetting
from devices.faulty.refitting import Idle, WholeExecutor, refitted
from emulator.equipment.request import RemoteParties
from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.execution import Executor
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.smart_energy.device import Applications


def writes_nothing(_: RemoteParties, good: Applications) -> Applications:
    """Says that it wrote what it did not write (against GBCS use-case annex)."""

    def idle(_: RemotePartyMachine, executor: Executor) -> Executor:
        return Idle(executor) if isinstance(executor, WholeExecutor) else executor

    return refitted(good, idle, PayloadKind.DLMS)


def values_lost(_: RemoteParties, good: Applications) -> Applications:
    """Has the values of the factory again after a loss of power (against SMETS2 5.4)."""

    def forget(kept: Memory, fresh: Memory) -> Memory:
        executors = {
            name: {**fresh["executors"][name], "waiting": each["waiting"]}
            if "waiting" in each
            else each
            for name, each in kept["executors"].items()
        }
        return {**kept, "executors": executors}

    return forgetting(good, forget)


def certificates_lost(_: RemoteParties, good: Applications) -> Applications:
    """Has the certificates of the factory again after a loss of power (against GBCS 13.3)."""

    def forget(kept: Memory, fresh: Memory) -> Memory:
        identity, factory = kept["identity"], fresh["identity"]["anchors"]
        anchors = {**identity["anchors"], "cells": factory["cells"]}
        return {**kept, "identity": {**identity, "anchors": anchors}}

    return forgetting(good, forget)


def log_lost(_: RemoteParties, good: Applications) -> Applications:
    """Loses its device log with its power (against GBCS 13.7)."""

    def forget(kept: Memory, fresh: Memory) -> Memory:
        return {**kept, "identity": {**kept["identity"], "log": fresh["identity"]["log"]}}

    return forgetting(good, forget)


def dates_lost(_: RemoteParties, good: Applications) -> Applications:
    """Forgets with its power what waits for its date (against GBCS 9.2.2)."""

    def forget(kept: Memory, fresh: Memory) -> Memory:
        executors = {
            name: {**each, "waiting": fresh["executors"][name]["waiting"]}
            if "waiting" in each
            else each
            for name, each in kept["executors"].items()
        }
        return {**kept, "executors": executors}

    return forgetting(good, forget)
