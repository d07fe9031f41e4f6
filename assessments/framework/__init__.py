"""The framework: what is asked, what it weighs and where each rule comes from, as data."""

from .loader import QUICK, FrameworkError, load_framework
from .schema import Approach, Framework, Question, Section
from .wording import untranslated_texts

__all__ = [
    "QUICK",
    "Approach",
    "Framework",
    "FrameworkError",
    "Question",
    "Section",
    "load_framework",
    "untranslated_texts",
]
