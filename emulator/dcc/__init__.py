"""The Data Communications Company: users, inventory, requests, and the wide area network."""
