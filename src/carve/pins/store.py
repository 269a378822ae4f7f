"""Pin files: one YAML file a scenario, read strictly and written whole or not at all."""

import json
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from carve.errors import CarveError, Place
from carve.pins.strict import objections, oddities

__all__ = ["FORMAT", "Pin", "PinUnreadable", "Store", "canonical", "exact", "load_plain"]

FORMAT = 1
_LARGEST = 1024 * 1024
_ODD_BREAKS = frozenset("\r\x85\u2028\u2029\ufeff")  # only survive with double quotes
# The same reading, ten times faster, where libyaml is there; wheels bring it.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KNOWN = {"format", "scenario", "reason", "observed", "before"}


class PinUnreadable(CarveError):  # noqa: N818 - says what the pin is; callers catch it apart
    """A pin file is truncated, edited by hand into something else, or too new."""


@dataclass(frozen=True, slots=True)
class Pin:
    """What was accepted for a scenario, and why.

    `before` is kept where the subject has deliberately moved on since: it is what the subject
    showed before, and what that one is still compared with.
    """

    scenario: str
    reason: str
    observed: dict[str, Any]
    before: dict[str, Any] | None = None

    def expected(self, subject: str) -> dict[str, Any]:
        """Return what `subject` (`before` or `after`) has to show."""
        return self.before if subject == "before" and self.before is not None else self.observed


class _Dumper(yaml.SafeDumper):
    """Writes multi-line text as a block literal and never an alias."""

    block_text = True

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True


class _QuotingDumper(_Dumper):
    block_text = False


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if dumper.block_text and "\n" in text else None
    if _ODD_BREAKS & set(text):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
_QuotingDumper.add_representer(str, _text)


def canonical(data: Mapping[str, Any]) -> str:
    """Return the one YAML text of plain `data`."""
    for dumper in (_Dumper, _QuotingDumper):
        text = yaml.dump(dict(data), Dumper=dumper, sort_keys=False, allow_unicode=True, width=98)
        # Some texts (odd line ends, leading blanks) do not survive as block literals.
        if _read(text) == data:
            return text
    raise CarveError("the observation cannot be written as YAML and read back unchanged")


def exact(data: Mapping[str, Any]) -> str:
    """Return a text that is the same when and only when `canonical` is, at a tenth of the time."""
    return json.dumps(data, ensure_ascii=False)


def _read(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError:
        # libyaml refuses lone surrogates, and its complaints differ: the other one decides.
        return yaml.safe_load(text)


def _events(text: str) -> list[yaml.Event]:
    try:
        return list(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError:
        return list(yaml.parse(text, Loader=yaml.SafeLoader))


def load_plain(path: Path) -> Any:
    """Return the plain data in a YAML file; tags, anchors and large files are refused."""
    where = Place(str(path))
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):  # a pipe would keep its reader waiting
            raise PinUnreadable("is no regular file", where=where)
        if facts.st_size > _LARGEST:
            raise PinUnreadable("is larger than 1 MiB", where=where)
        text = path.read_text(encoding="utf-8")
        if found := next(objections(_events(text)), None):
            raise PinUnreadable(found[0], where=Place(str(path), found[1]))
        return _read(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = getattr(error, "problem", None) or "cannot be read"
        raise PinUnreadable(f"is not YAML: {problem}", where=Place(str(path), line)) from error
    except (OSError, ValueError) as error:  # a number or a date may be impossible
        raise PinUnreadable(f"cannot be read: {error}", where=where) from error


class Store:
    """The pins below one folder, addressed by scenario id."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that holds `<subject>/<module>/<scenario>.yaml`."""
        self.folder = folder

    def path(self, scenario: str) -> Path:
        """Return where the pin of `scenario` lies, or would lie."""
        return self.folder / f"{scenario}.yaml"

    def scenarios(self) -> Iterator[str]:
        """Yield the id of each pin there is, sorted."""
        for path in sorted(self.folder.rglob("*.yaml")):
            yield path.relative_to(self.folder).with_suffix("").as_posix()

    def read(self, scenario: str) -> Pin | None:
        """Return the pin of `scenario`, None if there is none."""
        path = self.path(scenario)
        try:
            if not os.path.lexists(path):
                return None
            return _pin(_own(path), scenario, path)
        except PinUnreadable as error:
            raise PinUnreadable(
                f"the pin of {scenario!r} {error.message}",
                where=error.where,
                instead="restore the file, or delete it and accept the scenario again",
            ) from error

    def write(self, pin: Pin) -> Path:
        """Write `pin` and return its path; a crash leaves the old file or the new one."""
        data: dict[str, Any] = {"format": FORMAT, "scenario": pin.scenario, "reason": pin.reason}
        data["observed"] = pin.observed
        if pin.before is not None:
            data["before"] = pin.before
        path = self.path(pin.scenario)
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, canonical(data))
        return path

    def remove(self, scenario: str) -> None:
        """Delete the pin of `scenario`, and its folder when that was the last one in it."""
        path = self.path(scenario)
        if path.is_dir() and not path.is_symlink():
            raise PinUnreadable(f"the pin of {scenario!r} is a folder", where=Place(str(path)))
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def _own(path: Path) -> Any:
    if path.is_symlink():
        raise PinUnreadable("is a symbolic link", where=Place(str(path)))
    return load_plain(path)


def _pin(data: Any, scenario: str, path: Path) -> Pin:
    where = Place(str(path))
    if not isinstance(data, dict) or type(data.get("format")) is not int:
        raise PinUnreadable("is not a pin", where=where)
    if data["format"] != FORMAT:
        raise PinUnreadable(f"has format {data['format']}; this is {FORMAT}", where=where)
    observed, before, reason = data.get("observed"), data.get("before"), data.get("reason")
    if not isinstance(observed, dict) or not isinstance(before, dict | None):
        raise PinUnreadable("does not say what was observed", where=where)
    if not isinstance(reason, str) or (strange := sorted(set(map(str, data)) - _KNOWN)):
        what = (
            f"has an unknown entry {strange[0]!r}" if isinstance(reason, str) else "has no reason"
        )
        raise PinUnreadable(what, where=where)
    if data.get("scenario") != scenario:
        raise PinUnreadable(f"belongs to {data.get('scenario')!r}", where=where)
    if odd := next(oddities({"observed": observed, "before": before}), None):
        raise PinUnreadable(f"holds {odd}, which no observation has", where=where)
    return Pin(scenario, reason, observed, before)


def _replace(path: Path, text: str) -> None:
    if path.is_dir():
        raise PinUnreadable("there is a folder in the place of the pin", where=Place(str(path)))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
