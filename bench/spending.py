"""CPU seconds that work takes: those of this process, and those of its PostgreSQL with all that runs beside."""

import time
from contextlib import suppress
from pathlib import Path


class Spending:
    """Counts what this process and the server with a process id spend; Linux tells it in nanoseconds."""

    def __init__(self, server_pid):
        self.server_pid = server_pid

    def of(self, work):
        """CPU seconds of application and of database while `work` is done once."""
        before, began = self._database(), time.process_time()
        work()
        app, after = time.process_time() - began, self._database()
        return app, sum(ran - before.get(pid, 0.0) for pid, ran in after.items())

    def _database(self):
        """CPU seconds so far of every process of the server, by process id."""
        ran = {}
        for folder in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                pid = int(folder.name)
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if self.server_pid in (pid, parent):
                    ran[pid] = float((folder / "schedstat").read_text().split()[0]) / 1e9
        return ran
