"""Write data as YAML that reads back as the same data."""

from collections.abc import Iterator, Mapping
from typing import Final

from omnibase_core.utils.contract_yaml.limits import DEFAULT_LIMITS
from omnibase_core.utils.contract_yaml.places import Place, Steps, dotted
from omnibase_core.utils.contract_yaml.problems import Problem, refusal
from omnibase_core.utils.contract_yaml.quoting import escaped, scalar_text
from omnibase_core.utils.contract_yaml.references import REFERENCE

__all__ = ["write_document"]

_WIDEST: Final = 80
_LONGEST_KEY: Final = 1000  # parsers look 1024 characters ahead for the colon


def write_document(data: object, *, comments: Mapping[Steps, str] | None = None) -> str:
    """Return YAML that `read_document` reads as `data`: dicts, lists and scalars.

    Each of the `comments` stands above the key that it is named after. What could not be read
    back is refused with a `ModelOnexError`.
    """
    writer = _Writer(comments or {})
    return "\n".join(writer.lines(data, ())) + "\n"


class _Writer:
    """Turns values into lines without indentation of their own."""

    def __init__(self, comments: Mapping[Steps, str]) -> None:
        self._comments = comments
        self._commented = {steps[:end] for steps in comments for end in range(len(steps))}

    def lines(self, value: object, steps: Steps) -> Iterator[str]:
        if len(steps) >= DEFAULT_LIMITS.depth:
            raise _refused(steps, "the data is nested too deeply", "make it flatter")
        if text := self._on_one_line(value, steps):
            yield text
        elif isinstance(value, dict):
            for key, below in value.items():
                yield from self._entry(key, below, (*steps, key))
        elif isinstance(value, list):
            for index, below in enumerate(value):
                first, *others = self.lines(below, (*steps, index))
                yield f"- {first}"
                yield from (f"  {line}" for line in others)

    def _entry(self, key: str, value: object, steps: Steps) -> Iterator[str]:
        name = _key(key, steps)
        for line in self._comments.get(steps, "").splitlines():
            yield f"# {escaped(line)}".rstrip()
        inline = self._on_one_line(value, steps)
        if len(name) > _LONGEST_KEY:
            yield f"? {name}"
            name = ""
        if inline:
            yield f"{name}: {inline}"
            return
        yield f"{name}:"
        yield from (f"  {line}" for line in self.lines(value, steps))

    def _on_one_line(self, value: object, steps: Steps) -> str:
        """Return the value if it is a scalar, or short and simple enough, and else nothing."""
        if not isinstance(value, dict | list):
            return _scalar(value, steps)
        if not value:
            return "{}" if isinstance(value, dict) else "[]"
        below = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        nested = any(isinstance(item, dict | list) for _, item in below)
        if not steps or nested or steps in self._commented:
            return ""
        texts = [_scalar(item, (*steps, step)) for step, item in below]
        if isinstance(value, list):
            text = f"[{', '.join(texts)}]"
        else:
            names = [_key(key, (*steps, key)) for key in value]
            text = f"{{{', '.join(f'{n}: {t}' for n, t in zip(names, texts, strict=True))}}}"
        return text if len(text) <= _WIDEST else ""


def _key(key: object, steps: Steps) -> str:
    if not isinstance(key, str):
        raise _refused(steps[:-1], f"the key {key!r} is no text", "use keys that are text")
    if key == REFERENCE:
        raise _refused(steps, f"the key {key} would be read as a reference", "rename it")
    return _scalar(key, steps)


def _scalar(value: object, steps: Steps) -> str:
    if value is not None and not isinstance(value, str | int | float):
        what = f"{type(value).__name__} is no kind of value that YAML has"
        raise _refused(steps, what, "use dicts, lists, text, numbers, true, false and null")
    try:
        return scalar_text(value)
    except ValueError as error:
        raise _refused(steps, str(error), "change the value") from None


def _refused(steps: Steps, what: str, instead: str) -> Exception:
    return refusal([Problem(Place("<data>"), f"{dotted(steps) or 'the data'}: {what}", instead)])
