"""Run one command and exit: 0 done, 1 a check or gate objected, 2 asked for the impossible."""

import gc
import os
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any

import typer
import typer.main

from carve.cli.answer import Answer, Asked, deliver, failure, hang_up, interruption, usage_failure
from carve.cli.commands import COMMANDS
from carve.cli.ending import heed, stand, told_to_end
from carve.errors import CarveError
from carve.run.room import room

__all__ = ["main"]

# Syntax trees are many small things that stay: to look through them for what is to be thrown away
# whenever 700 have come along, which is usual, takes two fifths of the time of a plan.
_BEFORE_A_LOOK = (50_000, 10, 10)
_SIGNALLED = 128
_INTERRUPTED = 130
_AFTERWARDS = {
    "run": "finished steps are kept; go on with carve resume",
    "resume": "finished steps are kept; go on with carve resume",
    "undo": "what was begun is taken back or done by the next command",
    "apply": "what was begun is taken back or done by the next command",
    "mutate": "verdicts are kept, and a second run goes on from here",
    "gate": "verdicts are kept, and a second run goes on from here",
    "pin": "see git status for what was accepted",
}
_TOO_DEEP = CarveError(
    "some code is nested too deeply to be looked at",
    instead="break up its longest expression, or leave the file out: with --exclude, or exclude: "
    "in a plan",
)
# typer brings its own copy of click, whose errors have no public name.
_UsageError: type[Exception] = typer.BadParameter.__mro__[2]


def main() -> None:
    """Carry out the command line, and leave with its exit code."""
    gc.set_threshold(*_BEFORE_A_LOOK)
    stand()
    asked = Asked.of(sys.argv[1:], tuple(command.__name__ for command in COMMANDS))
    heed()
    try:
        code = _told(asked)
        sys.stdout.flush()
    except BrokenPipeError:
        hang_up(sys.stdout)
        code = 0
    except OSError as error:
        code = _unheard(error)
    raise SystemExit(code)


def _told(asked: Asked) -> int:
    try:
        return _carried_out(asked)
    except KeyboardInterrupt:
        return _interrupted(asked)


def _carried_out(asked: Asked) -> int:
    try:
        outcome = _outcome(asked)
    except BrokenPipeError:
        raise
    except (CarveError, OSError, RecursionError, UnicodeEncodeError) as error:
        outcome = failure(_in_words(error))
    except _UsageError as error:
        return deliver(_misused(error), asked)
    except typer.Abort:
        return _interrupted(asked)
    if isinstance(outcome, Answer):
        return deliver(outcome, asked)
    # typer turns an interruption into the number of its exit code.
    return _interrupted(asked) if outcome == _INTERRUPTED else int(outcome or 0)


def _outcome(asked: Asked) -> Any:
    _require_words()
    command = typer.main.get_command(_app())
    if asked.command is None:  # a question about carve itself
        return command.main(prog_name="carve", standalone_mode=False)
    with room():
        return command.main(prog_name="carve", standalone_mode=False)


def _app() -> typer.Typer:
    """Return the commands, or the one that the first word names: each takes time to describe."""
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_carve)
    named = [command for command in COMMANDS if [command.__name__] == sys.argv[1:2]]
    for command in named or COMMANDS:
        app.command(no_args_is_help=False)(command)
    return app


def _tell_version(asked: bool) -> None:
    if asked:
        try:
            found = version("omnibase-core")
        except PackageNotFoundError:
            found = "(not installed)"
        typer.echo(f"carve {found}")
        raise typer.Exit


def _carve(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True),
    ] = False,
) -> None:
    """Take god classes apart into mixins, one verified step at a time.

    Exit codes: 0 done or nothing to do, 1 a check or gate objected, 2 asked for the impossible.
    """


def _misused(error: Exception) -> Answer:
    message = error.format_message().rstrip(".")  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "carve"
    return usage_failure(f"{message[:1].lower()}{message[1:]}", f"see {path} --help")


def _require_words() -> None:
    """Refuse words that Python could not read, as it was told of an encoding without them."""
    encoding = sys.getfilesystemencoding()
    odd = [word for word in sys.argv[1:] if re.search("[\udc80-\udcff]", word)]
    if odd and encoding != "utf-8":
        raise _unspeakable(os.fsencode(odd[0]).decode("utf-8", "replace"), encoding)


def _unspeakable(text: str, encoding: str) -> CarveError:
    return CarveError(
        f"{text!r} cannot be said in {encoding}, which this process was told to use",
        instead="set PYTHONUTF8=1, or a locale with UTF-8",
    )


def _in_words(error: Exception) -> CarveError:
    if isinstance(error, CarveError):
        return error
    if isinstance(error, UnicodeEncodeError):
        return _unspeakable(error.object, error.encoding)
    return _unwilling(error) if isinstance(error, OSError) else _TOO_DEEP


def _unheard(error: OSError) -> int:
    """Say on stderr, if that is any better, that the answer found no room."""
    hang_up(sys.stdout)
    words = CarveError(
        f"the answer cannot be written: {error.strerror}",
        instead="see what has been done with carve status and git status",
    )
    try:
        return deliver(failure(words), Asked(None, as_json=False))
    except OSError:
        hang_up(sys.stderr)
        by = told_to_end()  # the terminal went away, and took both along
        return words.exit_code if by is None else _SIGNALLED + by


def _unwilling(error: OSError) -> CarveError:
    """Return what the system has said; it is no fault of carve's."""
    return CarveError(
        f"the system says: {error.strerror or error}",
        where=str(error.filename) if error.filename else None,
        instead="free the disk or mend the permissions; what was begun is taken back or done by "
        "the next command, and carve resume goes on with a run",
    )


def _interrupted(asked: Asked) -> int:
    afterwards = _AFTERWARDS.get(asked.command or "", "nothing was changed")
    by = told_to_end()
    code = _INTERRUPTED if by is None else _SIGNALLED + by
    how = "interrupted" if by is None else f"ended by {by.name}"
    return deliver(interruption(f"{how}; {afterwards}", code), asked)
