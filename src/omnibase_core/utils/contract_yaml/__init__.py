"""Contracts in YAML 1.2: read safely, composed of several files, and every error has its line.

`read_document` gives data and the places of its parts, `load_subcontract` a model,
`dump_subcontract` and `write_document` the text that reads back.
"""

from omnibase_core.utils.contract_yaml.document import Document
from omnibase_core.utils.contract_yaml.dumping import dump_subcontract
from omnibase_core.utils.contract_yaml.limits import Limits
from omnibase_core.utils.contract_yaml.places import Place
from omnibase_core.utils.contract_yaml.reading import read_document
from omnibase_core.utils.contract_yaml.subcontracts import load_subcontract
from omnibase_core.utils.contract_yaml.unknown_contract_key import UnknownContractKey
from omnibase_core.utils.contract_yaml.writing import write_document

__all__ = [
    "Document",
    "Limits",
    "Place",
    "UnknownContractKey",
    "dump_subcontract",
    "load_subcontract",
    "read_document",
    "write_document",
]
