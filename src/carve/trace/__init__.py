"""What goes through a class while a repository's own tests run, before and after a change."""

from carve.trace.compare import compare as compare
from carve.trace.model import Difference as Difference
from carve.trace.record import Target as Target
from carve.trace.record import record as record
from carve.trace.recording import Recording as Recording
from carve.trace.session import traced as traced

__all__ = ["Difference", "Recording", "Target", "compare", "record", "traced"]
