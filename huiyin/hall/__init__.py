"""Pages for residents: ask, receipt, follow, supply, rate, withdraw; without login, by number and code.

Words: 回执 receipt, 查询码 query code, 查进度 follow. It imports what lies below the pages.
"""
