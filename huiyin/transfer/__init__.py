"""Appeals in from files: import of what another system kept, replay of real matters with their answers and dates.

Owns the words import, mapping, bad row, replay. May import figures and everything below it.
"""
