"""Pages for everyone — notices, figures, how to check — and the staff pages of publication, figures and the ledger.

May import figures, publication and everything below them.
"""
