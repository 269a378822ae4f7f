"""What the tests of suggestions share: a class of three capabilities, and its graph."""

from pathlib import Path

import carving

from carve.plan.refs import ClassRef
from carve.source.members import HostClass
from carve.suggest.graph import MemberGraph, member_graph
from carve.workspace import Workspace

SHOP = '''\
"""A shop."""

import json
import time

_LIMIT = 3


class Base:
    def __init__(self):
        self.name = "shop"


class Shop(Base):
    """Sells."""

    currency: str = "EUR"

    def __init__(self, opened):
        super().__init__()
        self.basket_items = []
        self.stamps = {}
        self.opened = opened

    def add_to_basket(self, item):
        if len(self.basket_items) < _LIMIT:
            self.basket_items.append(item)

    def basket_total(self):
        return sum(item.price for item in self.basket_items)

    def clear_basket(self):
        self.basket_items = []

    def put_stamp(self, letter):
        self.stamps[letter] = time.time()

    @property
    def stamp_count(self):
        return len(self.stamps)

    def forget_stamps(self):
        del self.stamps["old"]

    def export_report(self):
        return self._report_header() + self._report_rows()

    def _report_header(self):
        return json.dumps({"report": self.name})

    def _report_rows(self):
        return json.dumps(["report", "rows"])
'''
BASKET = ("basket_items", "add_to_basket", "basket_total", "clear_basket")
STAMPS = ("stamps", "put_stamp", "stamp_count", "forget_stamps")
REPORT = ("export_report", "_report_header", "_report_rows")
REF = ClassRef("pkg.shop", "Shop")


def shop(folder: Path, text: str = SHOP, **others: str) -> Workspace:
    files = {f"src/pkg/{name}.py": other for name, other in {"shop": text, **others}.items()}
    return carving.tree(folder, files)


def graph_of(workspace: Workspace, ref: ClassRef = REF) -> MemberGraph:
    path = workspace.path_of(ref.module)
    assert path is not None
    module = workspace.module_at(path)
    node = module.class_named(ref.name)
    assert node is not None
    return member_graph(HostClass(module, node))
