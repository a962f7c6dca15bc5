"""One function per verb of an appeal, by topic: intake, triage, handling, feedback, ratings, closing.

The only writers of the package's tables. Each verb is one transaction: lock, policy, stage, guards, narrow save, event.
"""
