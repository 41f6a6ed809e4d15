"""The command group."""

from __future__ import annotations

import click


@click.group()
def main() -> None:
    """Find out why you can't get online or sign in, and what to do next."""
