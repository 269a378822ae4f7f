"""What a plan says of steps that add files or delete a module."""

from typing import Annotated, Literal

from pydantic import Field

from carve.plan.fields import Dotted, FilePath, Text
from carve.plan.specs import Step

__all__ = ["AddFilesSpec", "DeleteModuleSpec"]


class AddFilesSpec(Step):
    """Text files that are to be there, by their path from the repository on."""

    do: Literal["add_files"] = "add_files"
    files: Annotated[dict[FilePath, str], Field(min_length=1)]

    def __hash__(self) -> int:
        """Return a hash that agrees with equality; a mapping has none of its own."""
        return hash((type(self), self.id, *sorted(self.files.items())))

    @property
    def title(self) -> str:
        """One line for a commit or a table."""
        first, *more = self.files
        return f"Add {first}" + (f" and {len(more)} more" if more else "")

    @property
    def added(self) -> tuple[str, ...]:
        """The paths of the files."""
        return tuple(self.files)


class DeleteModuleSpec(Step):
    """The module `module` goes, once every gate holds.

    `loses` has code that goes with it, by its name and with the reason; `unproven` says, in a plan
    without pins, why it may go although nothing holds what it did.
    """

    do: Literal["delete_module"] = "delete_module"
    module: Dotted
    leaves: tuple[Text, ...] = ()
    loses: dict[Text, Text] = Field(default_factory=dict)
    unproven: Text | None = None

    def __hash__(self) -> int:
        """Return a hash that agrees with equality; a mapping has none of its own."""
        return hash((type(self), self.id, self.module, *sorted(self.loses.items())))

    @property
    def title(self) -> str:
        """One line for a commit or a table."""
        return f"Delete {self.module}"
