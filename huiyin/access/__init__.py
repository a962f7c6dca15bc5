"""The policy table: who may see and do what, in ONE place; a right is a Q, for the list, the one row and the button.

Owns the words right, grant, scope, visible. May import people and kernel.
"""
