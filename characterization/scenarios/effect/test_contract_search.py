"""Where a node looks for its contract file."""

from typing import Any

import pytest
from scenarios.shared.contract_search import *  # noqa: F403 - for this role's pins
from scenarios.shared.contract_search import (
    build_as_self,
    callers_with_an_empty_file_name_are_passed_over,
    contracts_may_have_another_name,
)

pytestmark = pytest.mark.usefixtures("constants")

test_contracts_may_have_another_name = contracts_may_have_another_name
test_callers_without_a_folder_are_passed_over = callers_with_an_empty_file_name_are_passed_over


@pytest.fixture
def build() -> Any:
    """Build as a maker that the search sees."""
    return build_as_self
