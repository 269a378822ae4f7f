"""Write the JSON Schemas of the locked subcontracts, but never over a break of their interface."""

from pathlib import Path

from omnibase_core.errors.error_codes import EnumCoreErrorCode
from omnibase_core.errors.model_onex_error import ModelOnexError
from omnibase_core.gates.finding import Finding
from omnibase_core.gates.interface.locked_models import locked_models
from omnibase_core.gates.interface.schema_document import document, rendered, schema_path
from omnibase_core.gates.interface_lock import find_breaks

__all__ = ["BrokenInterfaceError", "write"]


class BrokenInterfaceError(ModelOnexError):
    """The schemas were not written, because they hold a promise that the models break."""

    def __init__(self, findings: list[Finding]) -> None:
        """Take what was found; it is not empty."""
        super().__init__(
            "\n".join(map(str, findings)),
            EnumCoreErrorCode.VALIDATION_ERROR,
            findings=list(map(str, findings)),
        )
        self.findings = findings


def write(root: Path) -> list[Path]:
    """Bring the schemas of the package at `root` up to date and return those that changed.

    Raises:
        BrokenInterfaceError: A model breaks its lock; nothing was written.
    """
    if findings := list(find_breaks(root)):
        raise BrokenInterfaceError(findings)
    texts = {
        schema_path(root, locked.contract_type): rendered(document(locked))
        for locked in locked_models(root)
    }
    changed = [
        path
        for path, text in texts.items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8", newline="\n")
    return changed
