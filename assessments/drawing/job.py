"""What a drawing process is told, and what it may take."""

from dataclasses import dataclass

from .paper import PaperToDraw


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingJob:
    paper: PaperToDraw
    scratch: str
    """A folder for temporary files, which goes with the drawing."""
    memory: int
    """Bytes."""
    processor_seconds: int
    wall_seconds: int
