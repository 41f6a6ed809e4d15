"""What a value of a flow file must fulfil, kept beside its type.

pydantic checks it, but only where files are read: the model itself is plain dataclasses, because importing
pydantic costs whoever merely walks a flow 12 MB and half the time of the wizard's first paint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class Limits:
    """Bounds by the names of pydantic's schemas: pattern, min_length, max_length, ge, gt, le."""

    def __init__(self, **bounds: str | float) -> None:
        self.bounds = bounds

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The type's schema with the bounds."""
        return {**handler(source), **self.bounds}


class OneOf:
    """One of several shapes, told apart by ``kind``; ``shapes`` is asked when files are read."""

    def __init__(self, kind: Callable[[Any], str], shapes: Callable[[], Mapping[str, type]]) -> None:
        self.kind, self.shapes = kind, shapes

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A union by tag."""
        from pydantic_core import core_schema

        choices = {name: handler.generate_schema(shape) for name, shape in self.shapes().items()}
        return core_schema.tagged_union_schema(choices, discriminator=self.kind)


def key_of(name: str) -> str:
    """How a field is called in the file: ``with_`` is ``with``, which Python keeps for itself."""
    return name.removesuffix("_")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
@dataclass(frozen=True, kw_only=True)
class Closed:
    """A frozen object that refuses unknown keys. Every subclass is a dataclass."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {
        "extra": "forbid",
        "populate_by_name": True,
        "alias_generator": key_of,
    }

    def __init_subclass__(cls) -> None:
        """Make it one."""
        dataclass(frozen=True, kw_only=True)(cls)
