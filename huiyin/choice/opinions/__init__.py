"""The map of opinions: who answers alike, what each group holds, what unites all groups, how firm it is.

Words: a person answers a statement with a vote (1 agree, −1 disagree, 0 pass); groups are found from the votes alone.
It imports numpy, scipy and the sentences of `huiyin.choice`, nothing else of Huiyin.
"""
