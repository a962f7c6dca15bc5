"""The one error by which running the house says no."""


class RefusedError(Exception):
    """An operation that cannot go on; its text is one sentence that says what to do, shown without a traceback."""
