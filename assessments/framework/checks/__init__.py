"""What the types of a framework cannot say: names lead somewhere, tables are whole, numbers are in their bounds."""

from collections.abc import Iterator

from ..schema import Framework
from .costs import cost_faults
from .decision import decision_faults
from .evidence import evidence_faults
from .guide import guide_faults
from .legal import legal_faults
from .matrix import matrix_faults
from .numbers import number_faults
from .precedents import precedent_faults
from .sections import section_faults
from .texts import text_faults


def framework_faults(framework: Framework) -> Iterator[str]:
    """Every mistake, with the file and the place named. Each may rest on there being none before it."""
    yield from section_faults(framework)
    yield from matrix_faults(framework)
    yield from decision_faults(framework)
    yield from number_faults(framework)
    yield from text_faults(framework)
    yield from cost_faults(framework)
    yield from precedent_faults(framework)
    yield from guide_faults(framework)
    yield from legal_faults(framework)
    yield from evidence_faults(framework)
