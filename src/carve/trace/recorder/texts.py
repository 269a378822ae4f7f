"""Texts without what is new in every run: folders, addresses, ids, times; bounded in length."""

import datetime as dt
import hashlib
import re
import time
from collections.abc import Mapping

__all__ = ["Texts"]

_LONGEST = 400
_HUGE = 1 << 20  # characters: of longer texts only both ends are looked at
_END = 1 << 12
_DAY = 86400.0
_SOON = 1e8  # less than the time of any run, in seconds
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"  # whatever the locale
_ADDRESS = re.compile(r"\b0x[0-9A-Fa-f]{6,}")
_TEMPORARY = re.compile(r"(?<![A-Za-z0-9_])tmp[a-z0-9_]{8}(?![A-Za-z0-9_])")
_DASHED = re.compile(
    r"(?<![0-9A-Fa-f-])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f-])"
)
_HEX = re.compile(r"(?<![0-9A-Fa-f])[0-9a-f]{32}(?![0-9A-Fa-f])")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_DATE = re.compile(
    r"\b[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})"
)
_PORT = re.compile(r"(?<![\w.])(127\.0\.0\.1|localhost|0\.0\.0\.0|\[::1?\]):\d{4,5}\b")
_NUMBERED = re.compile(r"\b(ThreadPoolExecutor|Task|Thread|asyncio)([-_])\d+(_\d+)?\b")


_SUSPECT = re.compile(r"[0-9/\\]|tmp")  # nothing is masked in a text without any of these


class Texts:
    """Masks texts; ids are numbered in the order in which a test shows them."""

    def __init__(self, masks: Mapping[str, str]) -> None:
        """Take the folders to mask; what is near to this moment counts as the time of the run."""
        self._masks = sorted(masks.items(), key=lambda pair: -len(pair[0]))
        self._began = time.time()
        self._days = frozenset(
            (dt.date.today() + dt.timedelta(days=shift)).isoformat()  # noqa: DTZ011 - compared
            for shift in (-1, 0, 1)
        )
        self._mailed = {f"{day[8:]} {_month(int(day[5:7]))} {day[:4]}" for day in self._days}
        self._ids: dict[str, int] = {}
        self.is_ordered = True

    def forget(self) -> None:
        """Begin to number anew."""
        self._ids.clear()

    def text(self, text: str) -> str:
        """Return the text masked and shortened; what is cut off is told by its hash."""
        if len(text) > _HUGE:
            return self._ends(text)
        masked = self._masked(text)
        return masked if len(masked) <= _LONGEST else _cut(masked, len(masked), masked)

    def _ends(self, text: str) -> str:
        head, tail = self._masked(text[:_END]), text[-_HUGE:]
        return _cut(head, len(text), f"{text[:_HUGE]}{tail}")

    def _masked(self, text: str) -> str:
        if not _SUSPECT.search(text):
            return text
        for folder, mark in self._masks:
            text = text.replace(folder, mark)
        text = _ADDRESS.sub("0x...", text)
        text = _TEMPORARY.sub("<temporary name>", text)
        text = _DASHED.sub(lambda found: self.id(found[0].replace("-", "").lower()), text)
        text = _HEX.sub(lambda found: self._known(found[0]), text)
        text = _MOMENT.sub(self._moment, text)
        text = _PORT.sub(r"\1:<port>", _DATE.sub(self._date, text))
        return _NUMBERED.sub(r"\1\2<n>", text)

    def id(self, digits: str) -> str:
        """Return the number of an id that is random; what has no order gives no new numbers."""
        if not self.is_ordered and digits not in self._ids:
            return "<id>"
        return f"<id {self._ids.setdefault(digits, len(self._ids) + 1)}>"

    def is_now(self, number: float) -> bool:
        """Tell whether the number is a time of this run in s, ms, us or ns since 1970."""
        size = abs(number)  # what sorts by time, the latest first, has it with a minus
        if size < _SOON:
            return False
        return any(abs(size / scale - self._began) < 2 * _DAY for scale in (1, 1e3, 1e6, 1e9))

    def is_today(self, date: dt.date) -> bool:
        """Tell whether the date is that of this run."""
        return f"{date.year:04}-{date.month:02}-{date.day:02}" in self._days

    def _known(self, digits: str) -> str:
        # 32 digits may be a checksum, which is an id only if it was seen as one.
        return self.id(digits) if digits in self._ids else digits

    def _date(self, found: "re.Match[str]") -> str:
        return "<clock>" if f"{found[1]} {found[2]} {found[3]}" in self._mailed else found[0]

    def _moment(self, found: "re.Match[str]") -> str:
        return "<clock>" if found[1] in self._days else found[0]


def _cut(head: str, count: int, whole: str) -> str:
    rest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{head[:_LONGEST]}... <{count} characters, {rest}>"


def _month(number: int) -> str:
    return _MONTHS[3 * number - 3 : 3 * number]
