"""``tshoot serve``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tshoot.cli.exits import Exit

if TYPE_CHECKING:
    from tshoot.serve.settings import Settings

_LIBRARIES = ("textual_serve", "aiohttp")


@click.command(epilog="Example: tshoot serve --port 8780")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", show_default=True, help="Where to listen.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8780, show_default=True, help="0: any free one."
)
@click.option("--public-url", metavar="URL", help="What people type, where a reverse proxy stands before it.")
@click.option("--token-file", type=click.Path(path_type=Path), metavar="FILE", help="Holds the token.")
@click.option("--new-token", is_flag=True, help="Print a fresh token, and end.")
@click.option("--desk", is_flag=True, help="Serve the support desk instead of the wizard.")
@click.option(
    "--most", type=click.IntRange(1, 500), default=20, show_default=True, help="Sessions at the same time."
)
@click.option(
    "--idle",
    type=click.FloatRange(0.05, 1440),
    default=30,
    show_default=True,
    metavar="MINUTES",
    help="A session without a key ends after so long.",
)
def serve(
    host: str,
    port: int,
    public_url: str | None,
    token_file: Path | None,
    new_token: bool,
    desk: bool,
    most: int,
    idle: float,
) -> int:
    """Bring the wizard, or the support desk, to a browser: docs/serve.md.

    Alone it serves this computer only. Any other address needs a token of at least 32 characters, from
    --token-file or TSHOOT_SERVE_TOKEN; people open the page once with ?token=… behind its address.
    """
    from tshoot.serve.problems import ServeError
    from tshoot.serve.settings import Settings
    from tshoot.serve.token import given_token
    from tshoot.serve.token import new_token as make_token

    if new_token:
        click.echo(make_token())
        return Exit.OK
    try:
        from tshoot.serve.address import listening_address, public_origin

        settings = Settings(
            host=listening_address(host),
            port=port,
            public=None if public_url is None else public_origin(public_url),
            token=given_token(token_file),
            most=most,
            idle=idle * 60,
            served="desk" if desk else "wizard",
        )
        _warn(settings, token_file)
        _run(settings)
    except ServeError as error:
        raise click.UsageError(str(error)) from None
    return Exit.OK


def _run(settings: Settings) -> None:
    try:
        from tshoot.serve.run import serve as run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        raise click.UsageError(
            "This needs the extra 'serve'. Install it with: pip install 'tshoot[serve]'"
        ) from None
    run(settings, _tell)


def _tell(settings: Settings) -> None:
    if settings.public is not None:
        click.echo(f"Listening at {settings.listens_at} for the reverse proxy.")
    with_token = "" if settings.token is None else " (the first time with /?token=… behind it)"
    click.echo(f"Open {settings.public or settings.listens_at} in a browser{with_token}. Stop with Ctrl-C.")


def _warn(settings: Settings, token_file: Path | None) -> None:
    from tshoot.serve.token import readable_by_others

    if token_file is not None and readable_by_others(token_file):
        click.echo(f"Others on this computer can read {token_file}. Mend it with: chmod 600", err=True)
    if not settings.here and not settings.encrypted:
        click.echo("Without https others on the way can read along: docs/serve.md, reverse proxy.", err=True)
