"""Drawing people by lot: quotas, one per household, the fairest chances possible, a public seed, replacements.

Words: the pool is everyone who may be drawn, a kind is people alike in every quota feature, a panel is who is drawn.
It imports numpy, scipy and the sentences of `huiyin.choice`, nothing else of Huiyin.
"""
