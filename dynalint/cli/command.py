"""typer commands that take the words of the command line as they are.

typer 0.29 has pydantic convert every value, which is parsed by then, to the type that it has already. Importing
pydantic for that takes longer than the whole check of a small repository, so that the conversion is taken out. Releases
of typer that do not convert this way do not look at what is set here.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup


class AsGiven:
    """typer's conversion of one value, where options are texts, lists of texts, flags and counts."""

    def coerce(self, value: Any, **_: Any) -> Any:
        """The value itself; several are a list, as typer has it."""
        return list(value) if isinstance(value, tuple) else value


class PlainCommand(TyperCommand):
    """A command whose values need no conversion."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as typer does."""
        _leave_as_given(self.get_params(ctx))
        return super().parse_args(ctx, args)


class PlainGroup(TyperGroup):
    """A group of commands whose own values need no conversion."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as typer does."""
        _leave_as_given(self.get_params(ctx))
        return super().parse_args(ctx, args)


def _leave_as_given(parameters: list[Any]) -> None:
    for parameter in parameters:
        if getattr(parameter, "_runtime_param", ...) is None:
            parameter._runtime_param = AsGiven()  # noqa: SLF001 - the only door there is; see above
