"""The pages about the mixins, as Markdown, made of what their registry says."""

from mixin_pages.entry import entry_page
from mixin_pages.example import class_example
from mixin_pages.facts import MixinFacts, gather
from mixin_pages.pages import navigation, render

__all__ = ["MixinFacts", "class_example", "entry_page", "gather", "navigation", "render"]
