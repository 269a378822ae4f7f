"""What becomes of `$ref` in contract data."""

from scenarios.shared.contract_references import *  # noqa: F403 - for this role's pins
from scenarios.shared.contract_references import texts, what_is_no_text

test_texts = texts
test_what_is_no_text = what_is_no_text
