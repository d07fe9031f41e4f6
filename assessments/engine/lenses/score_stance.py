"""What a band of a score says: shared by the three scores. Source: framework, step 4 and phase 4."""

from collections.abc import Mapping

from assessments.framework.schema import Stance

STANCE: Mapping[str, Stance] = {"strong": "for", "moderate": "pilot", "weak": "against"}
