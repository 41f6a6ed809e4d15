"""Reading YAML that people edit: YAML 1.2 values, every problem at once, each with file:line:col.

No anchors, aliases, merge keys or tags (no surprises for authors, no alias bombs); duplicate keys are
errors; a plain ``on`` or ``no`` is text. Position look-up happens only when there is something to report.
"""

from tshoot.yamldoc.document import Document, parse_document, read_document
from tshoot.yamldoc.problems import DocumentError, Problem

__all__ = ["Document", "DocumentError", "Problem", "parse_document", "read_document"]
