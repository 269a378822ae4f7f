"""What goes into a reduction and what comes out of it, as type variables."""

from typing import TypeVar

T_Input = TypeVar("T_Input")
T_Output = TypeVar("T_Output")
