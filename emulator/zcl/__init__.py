"""The Zigbee Cluster Library: foundation, attributes and the cluster tables (ZCL8, ZSE 1.4)."""
