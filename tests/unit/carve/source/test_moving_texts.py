"""What a moved definition needs for its annotations joins what the other module has."""

from pathlib import Path

import pytest
from carving import tree

from carve.plan.spec_symbols import MoveSymbolSpec
from carve.steps.move_symbol import MoveSymbol
from carve.steps.outcome import Planned

GOD = (
    "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from pathlib import Path\n\n\n"
    'def God(path: "Path") -> None: ...\n'
)


@pytest.mark.parametrize(
    ("block", "after"),
    [
        ("if TYPE_CHECKING: import os\n", "if TYPE_CHECKING:\n    from pathlib import Path\n"),
        (
            "if TYPE_CHECKING:\n\timport os\n",
            "if TYPE_CHECKING:\n\tfrom pathlib import Path\n\timport os\n",
        ),
        (
            "if TYPE_CHECKING:\n  # Why.\n  import os\n",
            "if TYPE_CHECKING:\n  # Why.\n  from pathlib import Path\n  import os\n",
        ),
    ],
)
def test_imports_for_type_checkers_fit_in(block: str, after: str, tmp_path: Path) -> None:
    target = f"from typing import TYPE_CHECKING\n\n{block}\n\ndef where(): ...\n"
    workspace = tree(tmp_path, {"src/pkg/god.py": GOD, "src/pkg/depot.py": target})
    given = {"id": "01", "from": "pkg.god:God", "to": "pkg.depot", "why": "it is apart"}
    planned = MoveSymbol(MoveSymbolSpec.model_validate(given)).plan(workspace)
    assert isinstance(planned, Planned)
    texts = {edit.path: (edit.after or b"").decode() for edit in planned.edits}
    assert after in texts["src/pkg/depot.py"]
    assert "import os\n" in texts["src/pkg/depot.py"]
