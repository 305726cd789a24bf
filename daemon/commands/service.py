"""`microwins service`: run `watch` in the background."""

from __future__ import annotations

import click

from ...templates.told import in_language
from .. import service as services
from .. import service_managers as managers
from ..report import Report
from .common import Options, shared_options


@click.group(epilog="Example: microwins service install --vault ~/Notes")
def service() -> None:
    """Run `watch` in the background, from log-in on: systemd, launchd or Task Scheduler."""


@service.command(epilog="Example: microwins service install")
@shared_options
def install(options: Options) -> Report:
    """Install and start the service for this vault."""
    session = options.session()
    session.vault.require_consent()
    return _report(_service(options).install(services.run_call))


@service.command(epilog="Example: microwins service uninstall")
@shared_options
def uninstall(options: Options) -> Report:
    """Stop the service and take away what `install` wrote."""
    return _report(_service(options).uninstall(services.run_call))


@service.command(epilog="Example: microwins service status")
@shared_options
def status(options: Options) -> Report:
    """Tell whether the service is installed and running."""
    return _report(_service(options).status(services.run_call))


@service.command(name="print", epilog="Example: microwins service print")
@shared_options
def print_(options: Options) -> Report:
    """Print the service's file; write nothing."""
    return _report(_service(options).print())


def _service(options: Options) -> services.Service:
    root = options.session().vault.root
    return managers.service_for(root, managers.own_command(), managers.this_machine())


def _report(report: services.ServiceReport) -> Report:
    return Report(report.data, "\n".join(map(in_language, report.lines)))
