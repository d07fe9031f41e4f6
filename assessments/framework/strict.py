"""Tables of TOML files read into shapes: no key that a shape does not have, and no value of another type."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import cattrs

T = TypeVar("T")


class FrameworkError(Exception):
    """Everything that is wrong with a framework, each fault with its place: the file, or the path, and the key."""

    def __init__(self, *faults: str):
        super().__init__("; ".join(faults))
        self.faults = faults


def _strict_converter() -> cattrs.Converter:
    """Takes no key that a shape does not have, and no value of another type."""
    converter = cattrs.Converter(forbid_extra_keys=True)

    def exactly(kind: type) -> Callable[[Any, Any], Any]:
        def check(value: Any, _: Any) -> Any:
            if type(value) is not kind and not (kind is float and type(value) is int):
                raise ValueError(f"{value!r} is not of the type {kind.__name__}")
            return value

        return check

    def texts(value: Any, _: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise ValueError(f"{value!r} is not a list")
        return tuple(exactly(str)(text, str) for text in value)

    for kind in (bool, int, float, str, date):
        converter.register_structure_hook(kind, exactly(kind))
    converter.register_structure_hook_func(lambda shape: shape == tuple[str, ...], texts)
    return converter


_converter = _strict_converter()


def shape_faults(error: Exception) -> list[str]:
    """What cattrs found wrong, each with its place."""
    return cattrs.transform_error(error)


def read_strictly(table: dict[str, Any], shape: type[T]) -> T:
    """Raises what cattrs raises; `shape_faults` has it in words."""
    return _converter.structure(table, shape)


def structured(table: dict[str, Any], shape: type[T], name: str) -> T:
    """The same of a file of the framework. Raises FrameworkError."""
    try:
        return read_strictly(table, shape)
    except Exception as error:
        raise FrameworkError(*(f"{name}: {fault}" for fault in shape_faults(error))) from None
