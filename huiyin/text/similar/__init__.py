"""Finds appeals that say the same matter again or the same kind of matter elsewhere, best first, with reasons.

Words: 重复诉求 repeat (the same person, the same matter), 同类诉求 similar (others, or another place).
`reading` turns a text into grams and marks, `bands.signature` into integers for an index in a database,
`scoring.score` compares two readings, `index.Index` holds many in memory. It imports huiyin.text.mask.folding only.
"""
