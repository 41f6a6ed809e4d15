"""Values that are made once in a run of the program: when first asked for, or handed over ready-made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """A function without parameters, called at most once. As a decorator it keeps the function's name."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: list[T] = []
        self.__doc__ = make.__doc__

    def __call__(self) -> T:
        """The value."""
        if not self._made:
            self._made = [self._make()]
        return self._made[0]

    def keep(self, value: T) -> None:
        """Take this value instead of making it."""
        self._made = [value]

    @property
    def known(self) -> bool:
        """True where asking costs nothing."""
        return bool(self._made)
