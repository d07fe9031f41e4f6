"""The framework: what is asked, what it weighs and where each rule comes from, as data."""

from .loader import FrameworkError, load_framework
from .schema import Approach, Framework, Question, Section

__all__ = ["Approach", "Framework", "FrameworkError", "Question", "Section", "load_framework"]
