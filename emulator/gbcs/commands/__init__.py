"""Commands made from values: the payloads and messages that remote parties send to devices."""
