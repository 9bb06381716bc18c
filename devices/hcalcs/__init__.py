"""The HAN connected auxiliary load control switch."""
