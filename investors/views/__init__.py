"""Addresses of this room: one's account, one's searches, enquiries."""
