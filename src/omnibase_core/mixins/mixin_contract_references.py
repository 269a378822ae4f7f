"""Replaces the references in contract data by what a resolver makes of them."""

from pathlib import Path
from typing import Any

from omnibase_core.enums.enum_log_level import EnumLogLevel as LogLevel
from omnibase_core.logging.structured import emit_log_event_sync as emit_log_event


class MixinContractReferences:
    """Replaces the references in contract data by what a resolver makes of them."""

    def _resolve_contract_references(
        self,
        data: Any,
        base_path: Path,
        reference_resolver: Any,
    ) -> Any:
        """Replace every `$ref` in contract data by what the resolver makes of it.

        Args:
            data: Contract data, or any part of it.
            base_path: The directory that relative references start from.
            reference_resolver: An object with `resolve_reference(path, base_path)`.

        Returns:
            The data with references replaced. Keys beside a `$ref` are dropped with it. A level
            at which the resolution fails is returned as it was, after a warning.
        """
        try:
            if isinstance(data, dict):
                if "$ref" in data:
                    ref_path = data["$ref"]

                    # Only a path that says that it is relative is taken as relative to the
                    # contract; the resolver gets any other text untouched.
                    if ref_path.startswith(("./", "../")):
                        full_ref_path = (base_path / ref_path).resolve()
                    else:
                        full_ref_path = Path(ref_path)

                    return reference_resolver.resolve_reference(str(full_ref_path), base_path)

                return {
                    key: self._resolve_contract_references(value, base_path, reference_resolver)
                    for key, value in data.items()
                }

            if isinstance(data, list):
                return [
                    self._resolve_contract_references(item, base_path, reference_resolver)
                    for item in data
                ]

            return data

        except Exception as e:
            # A contract with an open reference is still better than none at all, the validation
            # that follows decides whether it will do.
            emit_log_event(
                LogLevel.WARNING,
                "Failed to resolve contract reference, using original data",
                {"error": str(e), "error_type": type(e).__name__},
            )
            return data
