"""Error codes carry their component, number and exit code."""

import pytest

from omnibase_core.enums.enum_onex_status import EnumOnexStatus
from omnibase_core.errors.error_codes import (
    EnumCLIExitCode,
    EnumCoreErrorCode,
    EnumOnexErrorCode,
    get_exit_code_for_status,
)


class Unfinished(EnumOnexErrorCode):
    SOMETHING = "ONEX_OTHER_001_SOMETHING"


@pytest.mark.parametrize("code", EnumCoreErrorCode)
def test_value_spells_component_number_and_name(code: EnumCoreErrorCode) -> None:
    assert code.value == f"ONEX_{code.get_component()}_{code.get_number():03d}_{code.name}"


def test_numbers_are_unique() -> None:
    numbers = [code.get_number() for code in EnumCoreErrorCode]
    assert len(numbers) == len(set(numbers)) == 78


@pytest.mark.parametrize(
    ("code", "number"),
    [
        (EnumCoreErrorCode.VALIDATION_ERROR, 6),
        (EnumCoreErrorCode.NOT_FOUND, 28),
        (EnumCoreErrorCode.OPERATION_FAILED, 81),
        (EnumCoreErrorCode.DEPENDENCY_UNAVAILABLE, 122),
        (EnumCoreErrorCode.METADATA_LOAD_FAILED, 252),
    ],
)
def test_numbers_stay(code: EnumCoreErrorCode, number: int) -> None:
    assert code.get_number() == number


def test_only_a_duplicate_registration_is_a_warning() -> None:
    warnings = [code for code in EnumCoreErrorCode if code.get_exit_code() != 1]
    assert warnings == [EnumCoreErrorCode.DUPLICATE_REGISTRATION]
    assert warnings[0].get_exit_code() == EnumCLIExitCode.WARNING


def test_description_reads_as_a_sentence() -> None:
    assert EnumCoreErrorCode.FILE_NOT_FOUND.get_description() == "File not found"


@pytest.mark.parametrize("method", ["get_component", "get_number", "get_description"])
def test_a_family_must_say_what_its_codes_are(method: str) -> None:
    with pytest.raises(NotImplementedError, match=f"must implement {method}"):
        getattr(Unfinished.SOMETHING, method)()


def test_a_family_exits_with_one_unless_it_says_otherwise() -> None:
    assert Unfinished.SOMETHING.get_exit_code() == 1


@pytest.mark.parametrize(
    ("status", "exit_code"), list(zip(EnumOnexStatus, [0, 2, 1, 4, 5, 3, 6, 1], strict=True))
)
def test_each_status_has_an_exit_code(status: EnumOnexStatus, exit_code: int) -> None:
    assert get_exit_code_for_status(status) == exit_code
