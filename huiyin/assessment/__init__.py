"""The rating ledger of units (评议台账), kept from the journal; weights, bands and supervision come on top of it.

Owns the words ledger, entry. May import appeals and everything below it.
"""
