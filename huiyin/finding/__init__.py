"""Finds what was said: by words, and by likeness to what is being said now.

Owns the words wording (the folded words of one matter or notice), key (what a wording is found under), segment (a
run of 16,384 row ids), source (who owns wordings of a kind) and share (how common a pair of signs is). It knows no
appeal and no notice: packages above register what of theirs can be found. May import access, text and kernel.
"""
