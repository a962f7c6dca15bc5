"""Append-only events: history, outbox, source of figures and leaves of the public log in one table.

Owns the words event, reaction, delivery, stuck. May import people, territory and kernel.
"""
