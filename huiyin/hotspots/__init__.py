"""Hotspots (热点): what many people raise at the same place, grown matter by matter and the same after every rebuild.

Owns the words hotspot, matter (what is kept of one), yardstick (what is usual here). A matter comes in once and may
leave; misconduct reports and secret matters never come in: the caller does not pass them. Texts are not kept, only
masked words and numbers. Stands on huiyin.text.topics; may import access, people, territory, kernel, never appeals.
"""
