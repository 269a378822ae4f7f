"""Cases about scopes and about newer syntax."""

from matrix import Changes, LeavesAlone, Refuses, Subject

__all__ = ["SUBJECTS"]

NEWER = (3, 12)
TYPE_PARAMETERS: Subject = (
    Changes(
        text="""\
class God:
    def run[T: (int, str), *Ts, **P](self, one: T, *rest: *Ts) -> tuple[T, T]:
        type Both = tuple[T, int]
        return (one, one), Both.__name__

    def stay[T](self, one: T) -> T:
        return one


def show():
    return God().run(1)[0], God().stay(2), [str(each) for each in God.run.__type_params__]
""",
        moves="run",
        python=NEWER,
        mixin=(
            "    def run[T: (int, str), *Ts, **P](self, one: T, *rest: *Ts) -> tuple[T, T]:\n",
        ),
    ),
    LeavesAlone(
        text="""\
class Other[T]:
    def run(self, one: T) -> T:
        return one


class God(Other[int]):
    def run(self, one: int) -> int:
        return super().run(one) + 1


def show():
    return God().run(1), Other.__type_params__[0].__name__
""",
        moves="run",
        python=NEWER,
        keeps=("class Other[T]:\n    def run(self, one: T) -> T:\n        return one\n",),
    ),
    Refuses(
        text="""\
type Pair[T] = tuple[T, T]


class God:
    def run(self, one: Pair[int]): ...
""",
        moves="run",
        options={"helpers": ("Pair",)},
        python=NEWER,
        check="helpers-move",
        line=1,
        says="'Pair' is not bound by a definition or assignment of its own",
    ),
    Refuses(
        text="class God[T]:\n    def run(self, one: T) -> T:\n        return one\n",
        moves="run",
        python=NEWER,
        check="class-shape",
        line=1,
        says="God has type parameters, which moved code could not name",
    ),
    Refuses(
        text="class God:\n    def run[T: God](self, one: T) -> T:\n        return one\n",
        moves="run",
        python=NEWER,
        check="host-by-name",
        line=2,
        says="names 'God'",
    ),
)
FSTRINGS: Subject = (
    Changes(
        text="""\
import os


class God:
    name = "a"

    def run(self):
        return f"{self.names["a"]} {f"{os.sep * len("x")}"} {\n            self.name  # why
        }"

    names = {"a": 1}


def show():
    return God().run()
""",
        moves="run",
        python=NEWER,
        mixin=("self.name  # why\n",),
    ),
    LeavesAlone(
        text="""\
class God:
    def run(self):
        return f"{"God"}"

    def stay(self):
        return f"{"a" if self else f"{"b"}"}"


def show():
    return God().run(), God().stay()
""",
        moves="run",
        python=NEWER,
        keeps=('        return f"{"a" if self else f"{"b"}"}"\n',),
    ),
    Refuses(
        text='class God:\n    def run(self):\n        return f"{__class__.__name__ + f"{"a"}"}"\n',
        moves="run",
        python=NEWER,
        check="host-by-name",
        line=3,
        says="names '__class__'",
    ),
    Refuses(
        text="class God:\n    def run(self):\n        return f'{__name__!r:>{len(__file__)}}'\n",
        moves="run",
        check="globals-statement",
        line=3,
        says="reads __name__",
    ),
)
MATCH: Subject = (
    Changes(
        text="""\
import re
from types import SimpleNamespace as Space

limit = 3


class God:
    def run(self, value):
        match value:
            case {"limit": limit, **rest} if limit > 1:
                return limit, rest
            case [first, *others] | (first, *others):
                return first, others
            case Space(size=size) as space:
                return size, space is value
            case re.X | None:
                return "x"
            case _:
                return "_"


def show():
    values = ({"limit": 2, "a": 1}, [1, 2], Space(size=4), None, re.X, 9)
    return [God().run(value) for value in values], limit
""",
        moves="run",
        keeps=("limit = 3\n",),
    ),
    LeavesAlone(
        text="""\
size = 3


class God:
    def run(self, value):
        match value:
            case size:
                return size

    def stay(self, value):
        match value:
            case God(limit=limit):
                return limit
        return size

    limit = 5


def show():
    return God().run(1), God().stay(God()), God().stay(1)
""",
        moves="run",
        keeps=("            case God(limit=limit):\n                return limit\n",),
    ),
    Refuses(
        text="""\
class God:
    def run(self, value):
        match value:
            case 1 if __class__:
                return 1
""",
        moves="run",
        check="host-by-name",
        line=4,
        says="names '__class__'",
    ),
    Refuses(
        text="""\
limit = 3


def grow():
    global limit
    limit = 4


class God:
    def run(self, value):
        match value:
            case 1 if limit:
                return 1
""",
        moves="run",
        check="module-globals",
        line=1,
        says="'limit' is bound more than once",
    ),
)
WALRUS: Subject = (
    Changes(
        text="""\
import re


class God:
    def run(self, text):
        if found := re.search("b+", text):
            return found[0], [last := n for n in range(3)], last
        return None


def show():
    return God().run("abbc"), God().run("")
""",
        moves="run",
    ),
    LeavesAlone(
        text="""\
if (limit := 3) > 2:
    pass


class God:
    size = (extra := 4) + 1

    def run(self):
        return (limit := 2), self.extra


def show():
    return God().run(), limit, God.size
""",
        moves="run",
        keeps=("    size = (extra := 4) + 1\n", "if (limit := 3) > 2:\n"),
    ),
    Refuses(
        text="""\
class God:
    size = (extra := 4) + 1

    def run(self):
        return self.extra
""",
        moves="size",
        check="conditional-definitions",
        line=2,
        says="it binds 'extra' as well, which stays",
    ),
    Refuses(
        text="""\
if (limit := 3) > 2:
    pass


class God:
    def run(self):
        return limit
""",
        moves="run",
        check="module-globals",
        line=1,
        says="'limit'",
    ),
)
GROUPS: Subject = (
    Changes(
        text="""\
class God:
    def run(self, errors):
        seen = []
        try:
            raise ExceptionGroup("all", errors)
        except* (ValueError, KeyError) as group:
            seen.append(len(group.exceptions))
        except* TypeError:
            seen.append("type")
        finally:
            seen.append("end")
        return seen


def show():
    return God().run([ValueError(), ValueError(), TypeError()])
""",
        moves="run",
    ),
    LeavesAlone(
        text="""\
class Odd(Exception): ...


class God:
    def run(self):
        try:
            raise ExceptionGroup("", [ValueError()])
        except* ValueError as Odd:
            return_ = Odd
        return "done"

    def stay(self):
        try:
            raise ExceptionGroup("", [Odd()])
        except* Odd:
            pass
        return "odd"


def show():
    return God().run(), God().stay()
""",
        moves="run",
        keeps=("        except* Odd:\n            pass\n",),
    ),
    Refuses(
        text="""\
class Odd(Exception): ...


def grow():
    global Odd
    Odd = 4


class God:
    def run(self):
        try:
            pass
        except* Odd:
            pass
""",
        moves="run",
        check="module-globals",
        line=1,
        says="'Odd' is bound more than once",
    ),
)
ASYNC: Subject = (
    Changes(
        text="""\
import asyncio


class God:
    async def each(self, n):
        for number in range(n):
            yield number
            await asyncio.sleep(0)

    async def run(self):
        async with asyncio.timeout(9):
            found = [n async for n in self.each(3) if await self.even(n)]
            return found, {n: await self.even(n) for n in found}

    async def even(self, n):
        return n % 2 == 0


def show():
    return asyncio.run(God().run()), God.each.__name__
""",
        moves="each run",
    ),
    LeavesAlone(
        text="""\
import asyncio


class God:
    async def run(self):
        return 1

    def runs(self):
        return asyncio.run(self.run())

    async def stay(self):
        yield await self.run()


async def first():
    return [each async for each in God().stay()]


def show():
    return God().runs(), asyncio.run(first())
""",
        moves="run",
        keeps=("    async def stay(self):\n        yield await self.run()\n",),
    ),
    Refuses(
        text="""\
class God:
    async def run(self):
        async with __class__.lock:
            return 1
""",
        moves="run",
        check="host-by-name",
        line=3,
        says="names '__class__'",
    ),
)
COMPREHENSIONS: Subject = (
    Changes(
        text="""\
names = ["a"]
size = 9


class God:
    def run(self):
        pairs = {n: m for n in "ab" for m in (n,)}
        return [size for size in range(3)], pairs, sum(n for n in (1,))

    def stay(self):
        return [name for name in names], size


def show():
    return God().run(), God().stay()
""",
        moves="run",
        keeps=('names = ["a"]\nsize = 9\n',),
    ),
    LeavesAlone(
        text="""\
size = 9


class God:
    size = 3
    sizes = [size for _ in range(2)]

    def run(self):
        return [self.size for size in range(2)]


def show():
    return God().run(), God.sizes
""",
        moves="run",
        keeps=("size = 9\n\n\nclass", "    sizes = [size for _ in range(2)]\n"),
    ),
    Refuses(
        text="""\
size = 9


def grow():
    global size
    size = 4


class God:
    def run(self):
        return [n for n in range(3) if n < size]
""",
        moves="run",
        check="module-globals",
        line=1,
        says="'size' is bound more than once",
    ),
)
CLOSURES: Subject = (
    Changes(
        text="""\
count = 100


class God:
    def run(self):
        count = 0

        def bump():
            nonlocal count
            count += 1
            return lambda: count

        return [bump()() for _ in range(3)], count

    def stay(self):
        return count


def show():
    return God().run(), God().stay()
""",
        moves="run",
        keeps=("count = 100\n",),
    ),
    LeavesAlone(
        text="""\
def made():
    size = 0

    def grow():
        nonlocal size
        size += 1
        return size

    return grow


class God:
    def run(self, made):
        return made()

    def stay(self):
        return made()()


def show():
    return God().run(lambda: 3), God().stay()
""",
        moves="run",
        keeps=("        nonlocal size\n        size += 1\n",),
    ),
    Refuses(
        text="""\
count = 0


class God:
    def run(self):
        def bump():
            global count
            count += 1

        return bump
""",
        moves="run",
        check="globals-statement",
        line=7,
        says="rebinds the global 'count'",
    ),
    Refuses(
        text="""\
class God:
    def run(self):
        def inner():
            return __class__

        return inner
""",
        moves="run",
        check="host-by-name",
        line=4,
        says="names '__class__'",
    ),
)

SUBJECTS: dict[str, Subject] = {
    "type parameters": TYPE_PARAMETERS,
    "quotes in f-strings": FSTRINGS,
    "match": MATCH,
    "walrus": WALRUS,
    "except star": GROUPS,
    "async": ASYNC,
    "comprehensions": COMPREHENSIONS,
    "closures": CLOSURES,
}
