"""Stands in for `python -m unittest`, and says which test is at work."""

import sys
import unittest
from typing import Any

from .session import Session
from .settings import Settings

__all__ = ["Result", "main"]


class Result(unittest.TextTestResult):
    """Tells a session about each test."""

    session: "Session | None" = None

    def startTest(self, test: unittest.TestCase) -> None:  # noqa: N802 - unittest's own name
        """Count what follows as part of the test."""
        if self.session:
            self.session.begin(test.id())
        super().startTest(test)

    def stopTest(self, test: unittest.TestCase) -> None:  # noqa: N802 - unittest's own name
        """Count nothing more as part of it."""
        super().stopTest(test)
        if self.session:
            self.session.log.end()

    def addSuccess(self, test: unittest.TestCase) -> None:  # noqa: N802 - unittest's own name
        """Note it."""
        self._note("passed")
        super().addSuccess(test)

    def addError(self, test: unittest.TestCase, err: Any) -> None:  # noqa: N802 - as above
        """Note it with its message."""
        self._note("error", err)
        super().addError(test, err)

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:  # noqa: N802 - as above
        """Note it with its message."""
        self._note("failed", err)
        super().addFailure(test, err)

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:  # noqa: N802 - as above
        """Note it with its reason."""
        self._note("skipped", reason)
        super().addSkip(test, reason)

    def addExpectedFailure(self, test: unittest.TestCase, err: Any) -> None:  # noqa: N802 - as above
        """Note it with its message."""
        self._note("xfailed", err)
        super().addExpectedFailure(test, err)

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:  # noqa: N802 - as above
        """Note it."""
        self._note("xpassed")
        super().addUnexpectedSuccess(test)

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:  # noqa: N802 - as above
        """Note it, with its message if it failed."""
        if err is not None:
            self._note("subtest failed", err)
        super().addSubTest(test, subtest, err)

    def _note(self, outcome: str, error: Any = "") -> None:
        message = f"{error[0].__name__}: {error[1]}" if isinstance(error, tuple) else error
        if self.session:
            self.session.log.outcome("call", outcome, message)


class _Runner(unittest.TextTestRunner):
    resultclass = Result  # type: ignore[assignment]


def main() -> None:
    """Run the tests as unittest would."""
    sys.argv[0] = "python -m unittest"
    settings = Settings.load()
    Result.session = Session.begun()
    if settings is not None:
        settings.restore()
    sys.path[0] = ""
    try:
        unittest.main(module=None, testRunner=_Runner)
    finally:
        if Result.session:
            Result.session.close()


if __name__ == "__main__":
    main()
