"""A closed matter of 龙躺 and the notice that was drafted of it."""

import pytest

from huiyin.appeals.models import Appeal
from huiyin.assessment.tests.conftest import closed, who
from huiyin.journal import tasks as journal_tasks
from huiyin.publication.models import Notice

__all__ = ["closed", "who"]


@pytest.fixture
def draft(closed: Appeal) -> Notice:
    """What the machine proposes to publish of it."""
    journal_tasks.run_held_reactions()
    return Notice.objects.get(appeal=closed)
