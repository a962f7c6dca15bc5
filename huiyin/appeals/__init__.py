"""THE aggregate: one matter from the words somebody said to the answer that was rated and filed.

Owns the words appeal, register, dispatch, assignment, reply, feedback_slip, rating, rework, close, archive.
May import catalogue, messaging, attachments, access, journal, people, territory and kernel.
"""
