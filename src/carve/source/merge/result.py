"""The texts after a merge: the mixin, and what is left of each class's module."""

from collections.abc import Iterable

from carve.source.cut import Cut
from carve.source.extraction import Extraction
from carve.source.layout import Layout
from carve.source.mixin import write_mixin
from carve.source.needs import Need
from carve.source.remainder import write_remainder
from carve.source.text import Source

__all__ = ["extracted", "unused_imports"]


def extracted(
    cuts: tuple[Cut, ...], path: str, summary: str, needed: Iterable[Need], layout: Layout
) -> tuple[Extraction, ...]:
    """Return one extraction for each class; the mixin at `path` has the first one's text."""
    mixin = write_mixin(cuts[0], path, summary, needed, layout)
    return tuple(
        Extraction(cut, write_remainder(cut, layout), Source(path, mixin.text)) for cut in cuts
    )


def unused_imports(done: tuple[Extraction, ...]) -> list[str]:
    """Return a remark for each module with imports that lost their last use."""
    lost = {each.before.name: sorted(each.unused_imports) for each in done}
    return [
        f"{name} no longer uses {', '.join(names)}; they stay importable from it unless the step "
        "lists them under drops:"
        for name, names in lost.items()
        if names
    ]
