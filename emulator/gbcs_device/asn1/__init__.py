"""Commands in ASN.1: credentials, device logs, firmware and the clock of a gas meter."""
