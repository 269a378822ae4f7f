"""Cases about what kind of class the members leave."""

from matrix import Changes, LeavesAlone, Refuses, Subject

__all__ = ["SUBJECTS"]

DATACLASS: Subject = (
    Changes(
        text="""\
from dataclasses import asdict, dataclass, field, fields


@dataclass(frozen=True, order=True)
class God:
    name: str
    sizes: list[int] = field(default_factory=list)
    limit: int = 3

    def run(self) -> int:
        return self.limit * len(self.sizes)

    @property
    def title(self) -> str:
        return self.name.title()

    @classmethod
    def made(cls):
        return cls("made", [1])

    def __post_init__(self):
        object.__setattr__(self, "name", self.name + "!")


def show():
    one, two = God("a"), God.made()
    return repr(one), one < two, one == God("a"), hash(God("a", ())) == hash(God("a", ())), (
        asdict(two), two.run(), two.title, [each.name for each in fields(God)], God.__match_args__
    )
""",
        moves="run title made",
        keeps=("@dataclass(frozen=True, order=True)\nclass God(MixinRun):\n    name: str\n",),
    ),
    LeavesAlone(
        text="""\
from dataclasses import dataclass


@dataclass
class Item:
    size: int = 1

    def run(self):
        return self.size


class God:
    item = Item(3)

    def run(self):
        return self.item.run()


def show():
    return God().run(), repr(God.item)
""",
        moves="run",
        keeps=("@dataclass\nclass Item:\n    size: int = 1\n\n    def run(self):\n",),
    ),
    Refuses(
        text="from dataclasses import dataclass\n\n\n@dataclass\nclass God:\n    size: int = 1\n",
        moves="size",
        check="class-shape",
        line=6,
        says="reads 'size'",
    ),
    Refuses(
        text="""\
from dataclasses import dataclass


@dataclass
class God:
    size: int

    def __eq__(self, other):
        return True
""",
        moves="__eq__",
        check="class-shape",
        line=8,
        says="reads '__eq__'",
    ),
    Refuses(
        text="""\
from dataclasses import dataclass


@dataclass(slots=True)
class God:
    size: int

    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=5,
        says="God has a class decorator",
    ),
    Refuses(
        text="""\
def dataclass(made):
    return made


@dataclass
class God:
    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=6,
        says="God has a class decorator",
    ),
)
ATTRS: Subject = (
    Changes(
        text="""\
import attrs
from attr import s as attrs_class, ib


@attrs.define(slots=False, order=True)
class God:
    size: int = attrs.field(default=1, validator=attrs.validators.ge(0))

    def run(self):
        return self.size * 2


@attrs_class
class Other:
    size = ib(default=3)


def show():
    return repr(God()), God(2) > God(), God(2).run(), [each.name for each in attrs.fields(God)]
""",
        moves="run",
        needs="attrs",
    ),
    LeavesAlone(
        text="""\
import attrs


@attrs.define
class Item:
    size: int = 1

    def run(self):
        return self.size


class God:
    def run(self):
        return self.stay().run()

    def stay(self):
        return Item(4)


def show():
    return God().run(), repr(God().stay())
""",
        moves="run",
        needs="attrs",
        keeps=("@attrs.define\nclass Item:\n    size: int = 1\n",),
    ),
    Refuses(
        text="""\
import attrs


@attrs.define
class God:
    size: int

    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=5,
        says="God has a class decorator",
    ),
    Refuses(
        text="""\
import attrs


@attrs.define(slots=False)
class God:
    size: int = attrs.field()

    @size.default
    def run(self):
        return 1
""",
        moves="run",
        check="names-exist",
        line=5,
        says="no member 'run'",
    ),
)
PYDANTIC: Subject = (
    Changes(
        text="""\
from pydantic import BaseModel, computed_field, field_validator


class God(BaseModel):
    name: str = "a"
    size: int = 1

    def run(self) -> int:
        return self.size * 2

    @property
    def title(self) -> str:
        return self.name.title()

    @classmethod
    def made(cls) -> "BaseModel":
        return cls(size=4)

    @field_validator("size")
    @classmethod
    def _positive(cls, value: int) -> int:
        return abs(value)


def show():
    god = God(size=-3)
    found = god.run(), god.title, repr(God.made()), god.model_dump_json()
    return found, God.model_json_schema(), (
        repr(god), list(God.model_fields), god == God(size=3), god.__private_attributes__
    )
""",
        moves="run title made",
        needs="pydantic",
    ),
    LeavesAlone(
        text="""\
from pydantic import BaseModel, Field


class Options(BaseModel):
    size: int = Field(default=1, ge=0)

    def run(self):
        return self.size


class God:
    options = Options()

    def run(self):
        return self.options.run()


def show():
    return God().run(), repr(God.options)
""",
        moves="run",
        needs="pydantic",
        keeps=("class Options(BaseModel):\n    size: int = Field(default=1, ge=0)\n",),
    ),
    Refuses(
        text="""\
from pydantic import BaseModel


class God(BaseModel):
    size: int = 1

    def run(self): ...
""",
        moves="run size",
        check="class-shape",
        line=5,
        says="reads 'size'",
    ),
    Refuses(
        text="""\
from pydantic import BaseModel, field_validator


class God(BaseModel):
    size: int = 1

    @field_validator("size")
    def run(cls, value):
        return value
""",
        moves="run",
        check="decorators",
        line=7,
        says="@field_validator may register",
    ),
    Refuses(
        text="""\
import pydantic


class God(pydantic.BaseModel):
    def model_post_init(self, context): ...
""",
        moves="model_post_init",
        check="class-shape",
        line=5,
        says="reads 'model_post_init'",
    ),
    Refuses(
        text="from .base import BaseModel\n\n\nclass God(BaseModel):\n    def run(self): ...\n",
        moves="run",
        check="class-shape",
        line=4,
        says="God descends from pkg.base.BaseModel, which carve cannot see",
    ),
)
ENUM: Subject = (
    Changes(
        text="""\
import pickle
from enum import Enum, IntFlag, auto, unique


@unique
class God(str, Enum):
    ONE = "one"
    TWO = "two"

    def run(self) -> str:
        return self.value * 2

    @property
    def title(self) -> str:
        return self.name.title()

    @classmethod
    def default(cls):
        return cls.TWO


def show():
    shown = str(God.default()), str(God.ONE), repr(God.TWO), f"{God.ONE}"
    again = pickle.loads(pickle.dumps(God.ONE)) is God.ONE
    return [each.run() for each in God], God("one").title, shown, again, (
        God.ONE == "one", list(God.__members__)
    )
""",
        moves="run title default",
    ),
    LeavesAlone(
        text="""\
from enum import Enum


class Kind(Enum):
    ONE = 1

    def run(self):
        return self.name


class God:
    kind = Kind.ONE

    def run(self):
        return self.kind.run()


def show():
    return God().run(), str(list(Kind))
""",
        moves="run",
        keeps=("class Kind(Enum):\n    ONE = 1\n\n    def run(self):\n",),
    ),
    Refuses(
        text="from enum import Enum\n\n\nclass God(Enum):\n    ONE = 1\n    TWO = 2\n",
        moves="TWO",
        check="class-shape",
        line=6,
        says="reads 'TWO'",
    ),
    Refuses(
        text="""\
from enum import Enum


class God(Enum):
    ONE = 1

    def _missing_(cls, value): ...
""",
        moves="_missing_",
        check="class-shape",
        line=7,
        says="reads '_missing_'",
    ),
    Refuses(
        text="""\
from enum import Enum


class God(Enum):
    def __str__(self):
        return 'x'
""",
        moves="__str__",
        check="class-shape",
        line=5,
        says="reads '__str__'",
    ),
)
PROTOCOL: Subject = (
    Changes(
        text="""\
from typing import Protocol, runtime_checkable


@runtime_checkable
class Runs(Protocol):
    limit: int

    def run(self) -> int: ...

    def stay(self) -> int:
        return 5


class God(Runs):
    limit = 3

    def run(self) -> int:
        return self.limit


class Like:
    limit = 1
    run = stay = None


def show():
    return God().run(), God().stay(), isinstance(God(), Runs), isinstance(Like(), Runs)
""",
        moves="run limit",
    ),
    LeavesAlone(
        text="""\
from typing import Protocol


class Runs(Protocol):
    def run(self) -> int: ...


class God:
    def run(self) -> int:
        return 1

    def stay(self, other: Runs) -> int:
        return other.run()


def show():
    return God().stay(God())
""",
        moves="run",
        keeps=("class Runs(Protocol):\n    def run(self) -> int: ...\n",),
    ),
    Refuses(
        text="""\
from typing import Protocol


class God(Protocol):
    def run(self) -> int: ...
""",
        moves="run",
        check="class-shape",
        line=4,
        says="God descends from typing.Protocol",
    ),
)
GENERIC: Subject = (
    Changes(
        text="""\
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


class Base(Generic[T, U]):
    def run(self, one: T) -> T:
        return one


class God(Base[int, U], Generic[U]):
    def run(self, one: int) -> int:
        return super().run(one) + 1

    def stay(self, other: U) -> U:
        return other


class Sub(God[str]): ...


def show():
    shown = str(Sub.__orig_bases__), God[str].__args__, str(God.__parameters__)
    return God().run(1), God[str]().stay("a"), shown
""",
        moves="run",
    ),
    Changes(
        text="""\
from typing import Generic, TypeVar

T = TypeVar("T")


class God(Generic[T]):
    def run(self, one: T) -> T:
        return one


def show():
    return God[int]().run(1), God.__parameters__ == (T,), str(God[int])
""",
        moves="run",
        options={"helpers": ("T",)},
    ),
    LeavesAlone(
        text="""\
from typing import Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    def run(self, one: T) -> T:
        return one


class God:
    def run(self, one):
        return one

    def stay(self) -> "Box[int]":
        return Box()


def show():
    return God().run(1), God().stay().run(2)
""",
        moves="run",
        keeps=("class Box(Generic[T]):\n    def run(self, one: T) -> T:\n",),
    ),
    Refuses(
        text="""\
from typing import Generic, TypeVar

T = TypeVar("T", bound=type(1).mro()[0])


class God(Generic[T]):
    def run(self, one: T): ...
""",
        moves="run",
        check="helpers-move",
        line=3,
        says="the value of 'T' is computed by a call",
    ),
)
ABSTRACT: Subject = (
    Changes(
        text="""\
from abc import ABC, abstractmethod


class Base(ABC):
    @abstractmethod
    def run(self): ...

    @abstractmethod
    def other(self): ...


class God(Base):
    def run(self):
        return 1

    def other(self):
        return 2


class Half(Base):
    def run(self):
        return 3


def show():
    return God().run(), God().other(), Half.__abstractmethods__, God.__abstractmethods__
""",
        moves="run",
    ),
    LeavesAlone(
        text="""\
from abc import ABC, abstractmethod


class God(ABC):
    @abstractmethod
    def stay(self): ...

    def run(self):
        return self.stay()


class Sub(God):
    def stay(self):
        return 1


def show():
    return Sub().run(), God.__abstractmethods__
""",
        moves="run",
        keeps=("    @abstractmethod\n    def stay(self): ...\n",),
    ),
    Refuses(
        text="""\
from abc import ABC, abstractmethod


class God(ABC):
    @abstractmethod
    def run(self): ...
""",
        moves="run",
        check="decorators",
        line=5,
        says="@abstractmethod makes the host abstract",
    ),
)
NAMED: Subject = (
    Changes(
        text="""\
from typing import NamedTuple


class Point(NamedTuple):
    x: int
    y: int = 2


class God(Point):
    def run(self):
        return self.x + self.y

    def stay(self):
        return self._replace(x=9)


def show():
    god = God(1)
    shown = repr(god), len(god), God._fields, hasattr(god, "__dict__")
    return god.run(), god.stay(), god == (1, 2), shown
""",
        moves="run",
    ),
    LeavesAlone(
        text="""\
from typing import NamedTuple


class Point(NamedTuple):
    x: int

    def run(self):
        return self.x


class God:
    def run(self):
        return self.point().run()

    def point(self):
        return Point(4)


def show():
    return God().run()
""",
        moves="run",
        keeps=("class Point(NamedTuple):\n    x: int\n\n    def run(self):\n",),
    ),
    Refuses(
        text="""\
from typing import NamedTuple


class God(NamedTuple):
    x: int

    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=4,
        says="God descends from typing.NamedTuple",
    ),
    Refuses(
        text="""\
from collections import namedtuple


class God(namedtuple("P", "x")):
    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=4,
        says="God descends from ",
    ),
)
META: Subject = (
    Changes(
        text="""\
import abc


class God(metaclass=abc.ABCMeta):
    def run(self):
        return 1


God.register(int)


def show():
    return God().run(), isinstance(1, God), type(God)
""",
        moves="run",
        keeps=("class God(MixinRun, metaclass=abc.ABCMeta):\n",),
    ),
    LeavesAlone(
        text="""\
class Meta(type):
    def __new__(mcs, name, bases, body):
        made = super().__new__(mcs, name, bases, body)
        made.seen = sorted(name for name in body if name[0] != "_")
        return made


class Other(metaclass=Meta):
    def run(self): ...


class God:
    def run(self):
        return 1


def show():
    return God().run(), Other.seen
""",
        moves="run",
        keeps=("class Other(metaclass=Meta):\n    def run(self): ...\n",),
    ),
    Refuses(
        text="""\
class Meta(type):
    def __init__(cls, name, bases, body):
        cls.own = list(body)


class God(metaclass=Meta):
    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=6,
        says="God is made with metaclass=",
    ),
    Refuses(
        text="""\
class Meta(type):
    def __prepare__(name, bases): ...


class Base(metaclass=Meta): ...


class God(Base):
    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=5,
        says="Base is made with metaclass=",
    ),
    Refuses(
        text="""\
class ABCMeta(type):
    def mro(cls):
        return [cls, object]


class God(metaclass=ABCMeta):
    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=6,
        says="God is made with metaclass=",
    ),
)
SUBCLASSED: Subject = (
    Changes(
        text="""\
made = []


class God:
    def __init_subclass__(cls, tag="", **options):
        super().__init_subclass__(**options)
        made.append((cls.__name__, tag, cls().run()))

    def run(self):
        return 1


class Sub(God, tag="a"):
    def run(self):
        return super().run() + 1


def show():
    return made, Sub().run()
""",
        moves="run",
        keeps=('    def __init_subclass__(cls, tag="", **options):\n',),
    ),
    LeavesAlone(
        text="""\
class Other:
    made = []

    def __init_subclass__(cls):
        Other.made.append(cls.__name__)


class Sub(Other):
    def run(self): ...


class God:
    def run(self):
        return 1


def show():
    return Other.made, God().run()
""",
        moves="run",
        keeps=("    def __init_subclass__(cls):\n        Other.made.append",),
    ),
    Refuses(
        text="""\
class Base:
    def __init_subclass__(cls):
        cls.own = list(cls.__dict__)


class God(Base):
    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=1,
        says="Base defines __init_subclass__",
    ),
    Refuses(
        text="class God:\n    def __init_subclass__(cls):\n        return None\n",
        moves="__init_subclass__",
        check="special-members",
        line=2,
        says="belongs to the class",
    ),
    Refuses(
        text="""\
class God:
    def __init_subclass__(cls):
        cls.own = [b for b in cls.__mro__]

    def run(self): ...
""",
        moves="run",
        check="class-namespace",
        line=3,
        says="cls.__mro__ looks into a class",
    ),
)
SLOTS: Subject = (
    Changes(
        text="""\
class Base:
    __slots__ = ("name",)


class God(Base):
    __slots__ = ("size", "__weakref__")

    def run(self):
        return self.size + self.limit

    limit = 3

    def stay(self):
        self.other = 1


def show():
    god = God()
    god.size, god.name = 1, "a"
    try:
        god.stay()
    except AttributeError:
        return god.run(), god.name, hasattr(god, "__dict__"), God.__slots__
""",
        moves="run limit",
        mixin=("    __slots__ = ()\n\n",),
        keeps=('    __slots__ = ("size", "__weakref__")\n',),
    ),
    LeavesAlone(
        text="""\
class Item:
    __slots__ = ("size",)

    def run(self):
        return 1


class God:
    slots = ("size",)

    def run(self):
        self.other = hasattr(Item(), "__dict__")
        return self.other

    def stay(self):
        return Item.__slots__


def show():
    return God().stay(), God.slots
""",
        moves="slots",
        keeps=('class Item:\n    __slots__ = ("size",)\n\n    def run(self):\n',),
    ),
    Refuses(
        text='class God:\n    __slots__ = ("a",)\n',
        moves="__slots__",
        check="special-members",
        line=2,
        says="belongs to the class",
    ),
    Refuses(
        text='class God:\n    __slots__ = names = ("a",)\n\n    def run(self): ...\n',
        moves="names",
        check="conditional-definitions",
        line=2,
        says="which stays",
    ),
)
SUPER: Subject = (
    Changes(
        text="""\
class A:
    def run(self):
        return "a"

    @classmethod
    def made(cls):
        return "made a"

    def __repr__(self):
        return "A"


class B(A):
    def run(self):
        return "b" + super().run()


class God(B):
    def run(self):
        return "g" + super().run()

    @classmethod
    def made(cls):
        return "god " + super().made()

    def __repr__(self):
        return super().__repr__() + "!"

    def stay(self):
        return super(God, self).__init__()


class Sub(God):
    def run(self):
        return "s" + super().run()

    made = None


def show():
    return God().run(), Sub().run(), God.made(), repr(God())
""",
        moves="run made __repr__",
        keeps=("        return super(God, self).__init__()\n",),
    ),
    LeavesAlone(
        text="""\
class A:
    def run(self):
        return "a"

    def other(self):
        return "o"


class God(A):
    def run(self):
        return "g"

    def stay(self):
        return super().other() + super(God, self).other()

    def super(self):
        return self.super.__name__


def show():
    return God().run(), God().stay(), God().super()
""",
        moves="run super",
        keeps=("        return super().other() + super(God, self).other()\n",),
    ),
    Refuses(
        text="""\
class A:
    def run(self): ...


class God(A):
    def run(self): ...

    def stay(self):
        return super(God, self).run()
""",
        moves="run",
        check="super-calls",
        line=9,
        says="super().run in God would now find MixinRun.run",
    ),
    Refuses(
        text="""\
class A:
    def run(self): ...


class God(A):
    def run(self):
        return super(God, self).run()
""",
        moves="run",
        check="super-calls",
        line=7,
        says="super is used with arguments",
    ),
    Refuses(
        text="class God:\n    def run(self):\n        find = super\n        return find()\n",
        moves="run",
        check="super-calls",
        line=3,
        says="super is used with arguments, or as a value",
    ),
    Refuses(
        text="""\
class God:
    def run(self): ...

    def stay(self):
        return getattr(super(), "run")
""",
        moves="run",
        check="super-calls",
        line=5,
        says="super() is used as a value",
    ),
    Refuses(
        text="""\
class A:
    def run(self): ...


class God(A):
    def run(self): ...


class Sub(God):
    def run(self):
        return super(God, self).run()
""",
        moves="run",
        check="super-calls",
        line=11,
        says="super(God, ...).run would now find MixinRun.run",
    ),
    Refuses(
        text="class A:\n    def run(self): ...\n\n\nclass God(A):\n    def run(self): ...\n",
        moves="run",
        files={
            "src/pkg/sub.py": """\
from pkg import god


class Sub(god.God):
    def run(self):
        return super(god.God, self).run()
"""
        },
        check="super-calls",
        line=6,
        path="src/pkg/sub.py",
        says="would now find MixinRun.run",
    ),
)
DECORATORS: Subject = (
    Changes(
        text="""\
import functools
from typing import final


@final
@functools.total_ordering
class God:
    size = 1

    def __eq__(self, other):
        return self.size == other.size

    def __lt__(self, other):
        return self.size < other.size

    def run(self):
        return self >= self, self > self


def show():
    return God().run(), God.__final__
""",
        moves="run size __lt__",
    ),
    LeavesAlone(
        text="""\
seen = []


def register(made):
    seen.append(sorted(name for name in vars(made) if name[0] != "_"))
    return made


@register
class Other:
    def run(self): ...


class God:
    def run(self):
        return 1


def show():
    return God().run(), seen
""",
        moves="run",
        keeps=("@register\nclass Other:\n    def run(self): ...\n",),
    ),
    Refuses(
        text="""\
def register(made):
    return made


@register
class God:
    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=6,
        says="God has a class decorator",
    ),
    Refuses(
        text="""\
from dataclasses import dataclass


@dataclass(**{})
class God:
    def run(self): ...
""",
        moves="run",
        check="class-shape",
        line=5,
        says="God has a class decorator",
    ),
)
OVERRIDDEN: Subject = (
    Changes(
        text="""\
class God:
    limit = 1

    def run(self):
        return "g", self.limit

    @property
    def title(self):
        return "god"

    def stay(self):
        return self.run(), self.title


class Sub(God):
    limit = 2

    def run(self):
        return "s", *super().run()

    @property
    def title(self):
        return "sub " + super().title


class Late(Sub):
    run = God.run


def show():
    return God().stay(), Sub().stay(), Late().stay(), God.run is Late.run
""",
        moves="run limit title",
    ),
    LeavesAlone(
        text="""\
class God:
    def run(self):
        return "g"


class Sub(God):
    def run(self):
        return "s"


class Stranger:
    def run(self):
        return "x"


class Both(Stranger, God): ...


def show():
    return God().run(), Sub().run(), Both().run()
""",
        moves="run",
        keeps=(
            'class Sub(God):\n    def run(self):\n        return "s"\n',
            'class Stranger:\n    def run(self):\n        return "x"\n',
        ),
    ),
    Refuses(
        text="""\
class God:
    def run(self): ...


class Sub(God):
    own = God.__dict__['run']
""",
        moves="run",
        check="class-namespace",
        line=6,
        says="God.__dict__ looks into a class",
    ),
    Refuses(
        text="""\
class God:
    def run(self): ...


class Sub(God):
    def run(self): ...


del God.run
""",
        moves="run",
        check="class-namespace",
        line=9,
        says="del God.run",
    ),
)
ORDER: Subject = (
    Changes(
        text="""\
class A:
    def run(self):
        return "a"


class B(A):
    def run(self):
        return "b" + super().run()


class God(A):
    def run(self):
        return "g" + super().run()


class First(God, B):
    def run(self):
        return "1" + super().run()


class Last(B, God):
    def run(self):
        return "2" + super().run()


def show():
    names = [each.__name__ for each in type(Last()).__mro__]
    return First().run(), Last().run(), [name for name in names if name != "MixinRun"]
""",
        moves="run",
    ),
    LeavesAlone(
        text="""\
class A: ...


class B(A): ...


class Other: ...


class Between(B, Other, A): ...


class God:
    def run(self):
        return 1


class Sub(B, God): ...


def show():
    return Sub().run(), Between.__mro__[1].__name__
""",
        moves="run",
        keeps=("class Between(B, Other, A): ...\n",),
    ),
    Refuses(
        text="""\
class A: ...


class B(A): ...


class God:
    def run(self): ...


class Sub(B, God, A): ...
""",
        moves="run",
        check="subclass-order",
        line=11,
        says="Sub names God between other bases",
    ),
    Refuses(
        text="class God:\n    def run(self): ...\n",
        moves="run",
        files={
            "src/pkg/sub.py": """\
from pkg.god import God as Whole


class A: ...


class B(A): ...


class Sub(B, Whole, A): ...
"""
        },
        check="subclass-order",
        line=10,
        path="src/pkg/sub.py",
        says="Sub names God between other bases",
    ),
    Refuses(
        text="""\
class God:
    def run(self): ...


Whole = God


class A: ...


class B(A): ...


class Sub(B, Whole, A): ...
""",
        moves="run",
        check="subclass-order",
        line=14,
        says="Sub names God between other bases",
    ),
)

SUBJECTS: dict[str, Subject] = {
    "dataclass": DATACLASS,
    "attrs": ATTRS,
    "pydantic": PYDANTIC,
    "enum": ENUM,
    "protocol": PROTOCOL,
    "generic": GENERIC,
    "abstract base": ABSTRACT,
    "named tuple": NAMED,
    "metaclass": META,
    "__init_subclass__": SUBCLASSED,
    "__slots__": SLOTS,
    "super": SUPER,
    "class decorators": DECORATORS,
    "overriding subclasses": OVERRIDDEN,
    "resolution order": ORDER,
}
