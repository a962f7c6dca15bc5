"""Groups appeals about one matter at one place into topics that grow as appeals come in.

Words: 议题 topic, 热度 heat. `scale.fitted` learns what is usual from the appeals there are and is then frozen;
`growing.Topics` takes appeals one by one. With one scale the topics depend on the appeals only, not on their order.
It imports huiyin.text.similar and huiyin.text.mask.
"""
