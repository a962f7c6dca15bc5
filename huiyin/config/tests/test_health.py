import pytest
from django.db import connection

from huiyin.config import health, prepare


@pytest.mark.django_db
def test_database_of_the_tests_is_migrated_and_supported() -> None:
    assert prepare.unapplied() == []
    assert prepare.server_version() >= 150000


@pytest.mark.django_db
def test_worker_that_never_came_is_told() -> None:
    assert health.worker_state() == {"worker": "never seen", "jobs_overdue": 0, "jobs_failed": 0}


@pytest.mark.django_db
def test_job_that_waits_since_ten_minutes_is_overdue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('q', 't') RETURNING id")
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '10 minutes'")
    assert health.worker_state()["jobs_overdue"] == 1
