"""The search for a contract where the module with its file name is missing, as it is today."""

from scenarios.shared.contract_search import the_search_fails_before_it_begins

test_the_search_fails_before_it_begins = the_search_fails_before_it_begins
