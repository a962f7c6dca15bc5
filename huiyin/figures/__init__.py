"""Indicators and reports, counted from rows and journal with base, period and definition beside each.

Owns the words figure, indicator, base, period, share, drill. May import publication and everything below it.
"""
