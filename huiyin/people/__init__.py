"""Users, units, studios, posts (role × territory or unit × dates) and, apart and encrypted, contact data.

Owns the words user, unit, post, studio, representative, contact, actor. May import territory and kernel.
"""
