"""The texts after a merge: the mixin, and what is left of each class's module."""

from carve.source.cut import Cut
from carve.source.extraction import Extraction
from carve.source.layout import Layout
from carve.source.remainder import write_remainder
from carve.source.text import Source

__all__ = ["extracted", "unused_imports"]


def extracted(cuts: tuple[Cut, ...], mixin: Source, layout: Layout) -> tuple[Extraction, ...]:
    """Return one extraction for each class, all of them into the same mixin."""
    return tuple(Extraction(cut, write_remainder(cut, layout), mixin) for cut in cuts)


def unused_imports(done: tuple[Extraction, ...]) -> list[str]:
    """Return a remark for each module with imports that lost their last use."""
    lost = {each.before.name: sorted(each.unused_imports) for each in done}
    return [
        f"{name} no longer uses {', '.join(names)}; they stay importable from it unless the step "
        "lists them under drops:"
        for name, names in lost.items()
        if names
    ]
