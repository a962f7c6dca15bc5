"""Files: type, size, checks, who may open; the bytes lie in the file store under their hash.

Owns the words attachment, file store. May import access, journal, people, territory and kernel.
"""
