"""Layers for scapy, so that testers craft and mutate messages with the tool they know.

Scapy is GPL and an extra (`hanlab[scapy]`): nothing else imports these modules.
"""
