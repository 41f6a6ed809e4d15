"""Takes out of a document what leads to a person, a home or a device; puts typed tokens in its place.

``Redactor(load_rules()).document(report)`` gives the document and the list of what was replaced. The rules
are data: ``flows/catalog/redaction.yaml``. Why each thing goes and what stays: docs/evidence.md.
"""

from tshoot.redaction.engine import Redactor
from tshoot.redaction.fields import TooDeep
from tshoot.redaction.load import load_rules
from tshoot.redaction.model import Redacted, Replacement, Rules

__all__ = ["Redacted", "Redactor", "Replacement", "Rules", "TooDeep", "load_rules"]
