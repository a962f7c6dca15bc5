"""Library: reads Chinese appeals — segments, classifies, finds similar ones and topics, masks personal data — and says why.

A stranger can use it alone: it imports no Django and no other package of Huiyin.
"""
