"""Masks personal data in a text before it is published: numbers, plates, addresses below the building, names, minors.

Words: 脱敏 de_identification. Call `masking.mask`; it imports only the other modules of this package.
Nothing is published on its word alone: the person who releases sees the original and the masked text side by side.
"""
