"""Cases about what stands in the body of a class."""

from matrix import Changes, LeavesAlone, Refuses, Subject

__all__ = ["SUBJECTS"]

MANGLED: Subject = (
    Changes(
        text="""\
class God:
    def run(self):
        return self.__doc__, self._total

    def __str__(self):
        return "god"

    _total = 3


def show():
    return God().run(), str(God()), God()._total
""",
        moves="run _total __str__",
    ),
    LeavesAlone(
        text="""\
class God:
    __secret = 3

    def __hide(self):
        return self.__secret

    def run(self):
        return "_God__secret", len("__secret")

    def stay(self):
        return self.__hide()


def show():
    return God().run(), God().stay(), God._God__secret
""",
        moves="run",
        keeps=("    __secret = 3\n\n    def __hide(self):\n        return self.__secret\n",),
    ),
    Refuses(
        text="class God:\n    __x = 1\n\n    def run(self):\n        return self.__x\n",
        moves="run",
        check="mangled-names",
        line=5,
        says="'__x' means '_God__x' here and '_MixinRun__x' in the mixin",
    ),
    Refuses(
        text="""\
class God:
    def run(self):
        return 1

    def __run(self):
        return 2
""",
        moves="__run",
        check="mangled-names",
        line=5,
        says="'__run' means",
    ),
    Refuses(
        text="class God:\n    def run(self):\n        return lambda __x: __x\n",
        moves="run",
        check="mangled-names",
        line=3,
        says="'__x' means",
    ),
    Refuses(
        text="""\
class God:
    __x = 1

    def run(self):
        return self._God__x, getattr(self, "_God__x")


def show():
    return God().run()
""",
        moves="run __x",
        check="mangled-names",
        line=2,
        says="'__x' means",
    ),
    Refuses(
        text="""\
class God:
    def run(self):
        class __Inner: ...
        return __Inner
""",
        moves="run",
        check="mangled-names",
        line=3,
        says="'__Inner' means",
    ),
    Refuses(
        text="class God:\n    def run(self):\n        import __x\n        return __x\n",
        moves="run",
        check="mangled-names",
        line=3,
        says="'__x' means",
    ),
    Refuses(
        text="""\
class God:
    def run(self, value):
        match value:
            case {'a': 1, **__x}:
                return 1
""",
        moves="run",
        check="mangled-names",
        line=4,
        says="'__x' means",
    ),
)

PROPERTY = (
    Changes(
        text="""\
class God:
    def __init__(self):
        self.count = 1

    @property
    def total(self):
        "How much."
        return self.count

    def stay(self):
        return self.total

    @total.setter
    def total(self, value):
        self.count = value

    @total.deleter
    def total(self):
        self.count = 0


class Sub(God):
    @God.total.getter
    def total(self):
        return -self.count


def show():
    god, sub = God(), Sub()
    god.total = sub.total = 5
    found = god.stay(), sub.stay(), God.total.__doc__
    del god.total
    return found, god.total
""",
        moves="total",
        mixin=("    @total.setter\n", "    @total.deleter\n"),
    ),
    LeavesAlone(
        text="""\
class God:
    _x = 1

    @property
    def total(self):
        return self._x

    @property
    def totals(self):
        return [self._x]

    @totals.setter
    def totals(self, value):
        self._x = value


def show():
    god = God()
    god.totals = 4
    try:
        god.total = 3
    except AttributeError as error:
        return god.total, god.totals
""",
        moves="total",
        keeps=("    @totals.setter\n    def totals(self, value):\n",),
    ),
    Changes(
        text="""\
class God:
    def _get(self):
        return 1

    def _set(self, value):
        self.seen = value

    total = property(_get, _set)


def show():
    god = God()
    god.total = 3
    return god.total, god.seen
""",
        moves="total _get _set",
    ),
    Refuses(
        text="class God:\n    def _get(self):\n        return 1\n\n    total = property(_get)\n",
        moves="total",
        check="class-scope-names",
        line=5,
        says="uses '_get' while it runs, and that name stays",
    ),
    Refuses(
        text="""\
class God:
    @property
    def total(self):
        return 1

    @total.setter
    def set_total(self, value):
        self.x = value
""",
        moves="set_total",
        check="names-exist",
        line=1,
        says="no member 'set_total'",
    ),
)

OVERLOADS = (
    Changes(
        text="""\
import typing
from typing import overload


class God:
    @overload
    def run(self, value: int) -> int: ...
    @overload
    def run(self, value: str) -> str: ...
    # What they come to.
    def run(self, value):
        return value

    def stay(self):
        return self.run("a")


def show():
    return God().stay(), God().run(1), len(typing.get_overloads(God.run))
""",
        moves="run",
        mixin=(
            "    @overload\n    def run(self, value: int) -> int: ...\n",
            "    # What they come to.\n",
        ),
    ),
    LeavesAlone(
        text="""\
from typing import overload


class God:
    def run(self):
        return 1

    @overload
    def stay(self, value: int) -> int: ...
    @overload
    def stay(self, value: str) -> str: ...
    def stay(self, value):
        return value


def show():
    return God().run(), God().stay(2)
""",
        moves="run",
        keeps=("    @overload\n    def stay(self, value: int) -> int: ...\n",),
    ),
    Refuses(
        text="""\
seen = []


def overload(function):
    seen.append(function)
    return function


class God:
    @overload
    def run(self, value): ...
""",
        moves="run",
        check="decorators",
        line=10,
        says="@overload may register",
    ),
)

DISPATCH = (
    Changes(
        text="""\
from functools import singledispatchmethod


class God:
    @singledispatchmethod
    def run(self, value):
        return "any"

    @run.register
    def _(self, value: int):
        return "int"

    @run.register(str)
    def _text(self, value):
        return "str"

    def stay(self):
        return self.run(1)


@God.run.register(float)
def _(self, value):
    return "float"


def show():
    return [God().run(value) for value in (None, 1, "a", 1.5)], God().stay()
""",
        moves="run",
        mixin=("    @run.register\n    def _(self, value: int):\n", "    @run.register(str)\n"),
    ),
    LeavesAlone(
        text="""\
from functools import singledispatchmethod


class God:
    @singledispatchmethod
    def run(self, value):
        return "any"

    @run.register
    def _(self, value: int):
        return "int"

    def _text(self):
        return "text"


def show():
    return God().run(1), God()._text()
""",
        moves="_text",
        keeps=("    @run.register\n    def _(self, value: int):\n",),
    ),
    Refuses(
        text="""\
from functools import singledispatch


@singledispatch
def other(value):
    return value


class God:
    @other.register
    def run(self: int):
        return 1
""",
        moves="run",
        check="decorators",
        line=10,
        says="@other.register may register",
    ),
)

CACHED = (
    Changes(
        text="""\
from functools import cached_property, lru_cache

made = []


class God:
    @cached_property
    def size(self):
        self.log.append("size")
        return len(self.log)

    @lru_cache(maxsize=None)
    def twice(self, n):
        self.log.append(n)
        return 2 * n

    log = made


def show():
    god = God()
    return god.size, god.size, god.twice(2), god.twice(2), made, sorted(vars(god))
""",
        moves="size twice",
    ),
    LeavesAlone(
        text="""\
from functools import cached_property


class God:
    @cached_property
    def size(self):
        return object()

    @property
    def sizes(self):
        return [self.size]


def show():
    god = God()
    return god.sizes[0] is god.size
""",
        moves="sizes",
        keeps=("    @cached_property\n    def size(self):\n",),
    ),
    Refuses(
        text="""\
seen = []


def cached_property(function):
    seen.append(function)
    return property(function)


class God:
    @cached_property
    def size(self):
        return 1
""",
        moves="size",
        check="decorators",
        line=10,
        says="@cached_property may register",
    ),
)

CONTEXTS = (
    Changes(
        text="""\
import asyncio
import contextlib
from contextlib import contextmanager


class God:
    log = ()

    @contextmanager
    def opened(self, name):
        self.log += (f"+{name}",)
        try:
            yield name
        finally:
            self.log += (f"-{name}",)

    @contextlib.asynccontextmanager
    async def awaited(self):
        with self.opened("a") as name:
            yield name * 2

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return True

    async def stay(self):
        async with self.awaited() as found:
            return found


def show():
    god = God()
    with god:
        raise ValueError
    return asyncio.run(god.stay()), god.log
""",
        moves="opened awaited __enter__ __exit__",
    ),
    LeavesAlone(
        text="""\
from contextlib import contextmanager


class God:
    @contextmanager
    def opened(self):
        yield 1

    def open(self):
        with self.opened() as one:
            return one


def show():
    return God().open()
""",
        moves="open",
        keeps=("    @contextmanager\n    def opened(self):\n        yield 1\n",),
    ),
    Refuses(
        text="""\
import atexit


class God:
    @atexit.register
    def opened():
        return 1
""",
        moves="opened",
        check="decorators",
        line=5,
        says="@atexit.register may register",
    ),
)

CONSTANT = (
    Changes(
        text="""\
class God:
    limit = 10
    most = limit * 2

    def run(self, n=limit, *, m=most):
        return n + m

    def stay(self):
        return self.run()


def show():
    return God().stay(), God.most, God.limit, God().run(1, m=2)
""",
        moves="limit most run",
        mixin=("    limit = 10\n", "    most = limit * 2\n"),
    ),
    LeavesAlone(
        text="""\
limit = 1


class God:
    limit = 10

    def run(self, n=None):
        return limit + self.limit

    def stay(self, n=limit):
        return n


def show():
    return God().run(), God().stay()
""",
        moves="run",
        options={"helpers": ("limit",)},
        keeps=("    limit = 10\n", "    def stay(self, n=limit):\n"),
    ),
    Refuses(
        text="class God:\n    limit = 10\n\n    def run(self, n=limit):\n        return n\n",
        moves="run",
        check="class-scope-names",
        line=4,
        says="uses 'limit' while it runs, and that name stays in the class",
    ),
    Refuses(
        text="class God:\n    limit = 10\n    most = limit * 2\n",
        moves="limit",
        check="class-scope-names",
        line=3,
        says="uses 'limit' while it runs, and that name moves to the mixin",
    ),
    Refuses(
        text="class God:\n    def run(self): ...\n\n    alias = run\n",
        moves="run",
        check="class-scope-names",
        line=4,
        says="uses 'run'",
    ),
)

NESTED = (
    Changes(
        text="""\
class God:
    class Options:
        limit = 3

    def run(self):
        return self.Options.limit, type(self).Options.__qualname__

    def stay(self):
        class Options:
            limit = 4

        return Options.limit


def show():
    return God().run(), God().stay()
""",
        moves="run stay",
        keeps=("    class Options:\n        limit = 3\n",),
    ),
    LeavesAlone(
        text="""\
class God:
    class God:
        def run(self):
            return "inner"

    def run(self):
        return "outer"


class Other:
    class God:
        def run(self):
            return "other"


def show():
    return God().run(), God.God().run(), Other.God().run()
""",
        moves="run",
        keeps=(
            '    class God:\n        def run(self):\n            return "inner"\n',
            'class Other:\n    class God:\n        def run(self):\n            return "other"\n',
        ),
    ),
    Refuses(
        text="class God:\n    class Options:\n        limit = 3\n\n    def run(self): ...\n",
        moves="Options",
        check="special-members",
        line=2,
        says="'Options' is a class, and what it is called would change",
    ),
    Refuses(
        text="class Outer:\n    class God:\n        def run(self): ...\n",
        moves="run",
        check="names-exist",
        line=1,
        says="no class 'God'",
    ),
)

DUPLICATES = (
    Changes(
        text="""\
class God:
    def run(self):
        return 1

    first = 1

    def run(self):
        return 2

    first = 2

    def stay(self):
        return self.run()


def show():
    return God().run(), God().stay(), God.first
""",
        moves="run first",
    ),
    LeavesAlone(
        text="""\
import sys


class God:
    def run(self):
        return 1

    if sys.version_info >= (3,):
        def runs(self):
            return 2
    else:
        def runs(self):
            return 3

    try:
        size = 1
    except ImportError:
        size = 2


def show():
    return God().run(), God().runs(), God.size
""",
        moves="run",
        keeps=(
            "    if sys.version_info >= (3,):\n        def runs(self):\n            return 2\n",
            "    try:\n        size = 1\n",
        ),
    ),
    Changes(
        text="""\
import sys


class God:
    def run(self):
        return 1

    if sys.version_info >= (3,):
        def run(self):
            return 2

    def stay(self):
        return self.run()


def show():
    return God().stay()
""",
        moves="run",
        mixin=(
            "    if sys.version_info >= (3,):\n        def run(self):\n            return 2\n",
        ),
    ),
    Refuses(
        text="""\
class God:
    for n in range(2):
        def run(self): ...
    def run(self): ...
""",
        moves="run",
        check="conditional-definitions",
        line=4,
        says="'run' is also defined conditionally",
    ),
    Refuses(
        text="class God:\n    size = 1\n    size += 1\n",
        moves="size",
        check="conditional-definitions",
        line=2,
        says="'size' is also defined conditionally",
    ),
    Refuses(
        text="class God:\n    size, other = 1, 2\n",
        moves="size",
        check="conditional-definitions",
        line=2,
        says="it binds 'other' as well, which stays",
    ),
    Refuses(
        text="class God:\n    def run(self): ...\n    del run\n    def stay(self): ...\n",
        moves="run",
        check="conditional-definitions",
        line=2,
        says="'run' is also defined conditionally",
    ),
)

LAMBDAS = (
    Changes(
        text="""\
class God:
    size = 3
    twice = lambda self, n=2: self.size * n
    squares = [n * n for n in range(3)]
    names = {name: len(name) for name in ("a", "bc")}
    plain = staticmethod(lambda: 7)

    def stay(self):
        return self.twice(), self.squares, self.names, self.plain()


def show():
    return God().stay(), God.squares is God.squares
""",
        moves="twice squares plain",
        mixin=("    twice = lambda self, n=2: self.size * n\n",),
    ),
    LeavesAlone(
        text="""\
class God:
    size = 3
    sizes = [n for n in range(size)]
    runs = lambda self: self.run()

    def run(self):
        return "run"


def show():
    return God().runs(), God.sizes
""",
        moves="run",
        keeps=("    runs = lambda self: self.run()\n", "    sizes = [n for n in range(size)]\n"),
    ),
    Refuses(
        text="class God:\n    size = 3\n    sizes = [n for n in range(size)]\n",
        moves="sizes",
        check="class-scope-names",
        line=3,
        says="uses 'size' while it runs",
    ),
    Refuses(
        text="class God:\n    run = lambda self, n=[1]: God\n",
        moves="run",
        check="host-by-name",
        line=2,
        says="moved code names 'God'",
    ),
    Refuses(
        text="def made(n):\n    return n\n\n\nclass God:\n    sizes = [made(n) for n in (1, 2)]\n",
        moves="sizes",
        check="plain-values",
        line=6,
        says="the value calls made()",
    ),
)

HOOKS = (
    Changes(
        text="""\
class Base:
    def __getattr__(self, name):
        return f"base {name}"


class God(Base):
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return f"{name}! " + super().__getattr__(name)

    def __setattr__(self, name, value):
        super().__setattr__(name, value * 2)

    def __len__(self):
        return 3

    def stay(self):
        return self.anything


def show():
    god = God()
    god.size = 4
    return god.stay(), god.size, len(god), bool(god)
""",
        moves="__getattr__ __setattr__ __len__",
    ),
    LeavesAlone(
        text="""\
class Field:
    def __set_name__(self, owner, name):
        self.path = f"{owner.__qualname__}.{name}"


class God:
    size = Field()

    def __getattr__(self, name):
        return name

    def run(self):
        return self.size.path, self.other


def show():
    return God().run()
""",
        moves="run",
        keeps=("    size = Field()\n", "    def __getattr__(self, name):\n"),
    ),
    Refuses(
        text="""\
class Field:
    def __set_name__(self, owner, name):
        self.path = f"{owner.__qualname__}.{name}"


class God:
    size = Field()
""",
        moves="size",
        check="plain-values",
        line=7,
        says="may ask for the class it is set on (__set_name__)",
    ),
    Refuses(
        text="class God:\n    def __set_name__(self, owner, name):\n        self.path = name\n",
        moves="__set_name__",
        check="special-members",
        line=2,
        says="belongs to the class that Python finds it in",
    ),
    Refuses(
        text="class Field: ...\n\n\nfield = Field()\n\n\nclass God:\n    size = field\n",
        moves="size",
        check="helpers-move",
        line=4,
        says="the value of 'field' is computed by a call",
    ),
)

INIT = (
    Changes(
        text="""\
class Base:
    def __init__(self, name):
        self.name = name


class God(Base):
    def __init__(self, name, size):
        super().__init__(name)
        self.items = []
        self.title = self.name.title()
        self.size = size
        self.seen: dict[str, int] = {}

    def run(self):
        return self.items, self.title, self.size, self.seen


def show():
    god = God("a", 3)
    return god.run(), sorted(vars(god)), god.items is not God("a", 3).items
""",
        moves="items title seen run",
    ),
    LeavesAlone(
        text="""\
class God:
    def __init__(self, size):
        super().__init__()
        self.items = []
        self.item = size
        self.sizes = [size]

    def stay(self):
        return self.items, self.item, self.sizes


def show():
    return God(4).stay()
""",
        moves="items",
        keeps=("        self.item = size\n        self.sizes = [size]\n",),
    ),
    Refuses(
        text="""\
class God:
    def __init__(self, size):
        super().__init__()
        self.size = size
""",
        moves="size",
        check="attributes-move",
        line=4,
        says="its value needs 'size', which only the constructor has",
    ),
    Refuses(
        text="""\
class God:
    def __init__(self, size):
        super().__init__()
        self.size = size
        self.twice = self.size * 2
""",
        moves="twice",
        check="attributes-move",
        line=5,
        says="its value needs 'self'",
    ),
    Refuses(
        text="""\
class God:
    def __init__(self, size):
        self.items = []
""",
        moves="items",
        check="attributes-move",
        line=3,
        says="does not call super().__init__",
    ),
    Refuses(
        text="""\
class God:
    def __init__(self, size):
        super().__init__()
        if size:
            self.items = []
""",
        moves="items",
        check="attributes-move",
        line=5,
        says="conditional",
    ),
    Refuses(
        text="""\
class Base:
    def __init__(self):
        self.items = None
        self.ready()

    def ready(self): ...


class God(Base):
    def __init__(self):
        super().__init__()
        self.size = 1
        self.log()
        self.items = []

    def log(self):
        return self.items
""",
        moves="items",
        check="attributes-move",
        line=3,
        says="the constructor of Base uses 'items' as well",
    ),
)

SUBJECTS: dict[str, Subject] = {
    "mangled names": MANGLED,
    "property with setter": PROPERTY,
    "overloads": OVERLOADS,
    "singledispatchmethod": DISPATCH,
    "cached_property": CACHED,
    "context managers": CONTEXTS,
    "class constant as default and alias": CONSTANT,
    "nested classes": NESTED,
    "conditional and duplicate definitions": DUPLICATES,
    "lambdas and comprehensions": LAMBDAS,
    "__getattr__ and __set_name__": HOOKS,
    "attributes of __init__": INIT,
}
