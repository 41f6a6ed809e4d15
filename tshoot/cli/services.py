"""``tshoot services``."""

from __future__ import annotations

import click

from tshoot.names import did_you_mean


@click.group(invoke_without_command=True, epilog="Example: tshoot services show metro")
@click.pass_context
def services(ctx: click.Context) -> None:
    """The services that can be checked, and their hosts."""
    if ctx.invoked_subcommand is None:
        _print_list()


@services.command("list", epilog="Example: tshoot services list")
def list_services() -> None:
    """Every service with its main host."""
    _print_list()


@services.command(epilog="Example: tshoot services show t-mobile")
@click.argument("service_id", metavar="ID")
def show(service_id: str) -> None:
    """One service: hosts of its sign-in chain, official domains, ways to get help."""
    from tshoot.catalog.services import shipped_services

    known = shipped_services()
    if service_id not in known:
        raise click.UsageError(f"There is no service '{service_id}'. {did_you_mean(service_id, known)}")
    service = known[service_id]
    click.echo(f"{service.title} ({service.id})")
    click.echo(f"  sign-in page      https://{service.host}{service.path}")
    for item in service.chain:
        click.echo(f"  also needed       {item.host}: {item.role} (trust {item.trust}, {item.source})")
    click.echo(f"  official domains  {', '.join(service.domains)}")
    for contact in service.contacts:
        click.echo(f"  help by {contact.channel:<9} {contact.value} (needs {contact.needs})")


def _print_list() -> None:
    from tshoot.catalog.services import shipped_services
    from tshoot.cli.settings import settings

    chosen = settings().service
    for service in shipped_services().values():
        default = "  (default)" if service.id == chosen else ""
        click.echo(f"{service.id:<15} {service.title:<26} {service.host}{default}")
