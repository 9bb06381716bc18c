"""Captures, ours and Wireshark's: read, decoded, decrypted, shown, and put on the air again."""
