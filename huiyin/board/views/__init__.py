"""The board's pages: public ones, publication, the leader's figures, the ledger."""
