"""``engage doctor``: examines an installation and says what to do about each fault."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engage.health.findings import Finding


@click.command(epilog="Example: engage doctor --deep")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--deep", is_flag=True, help="Also compare every response with its document and comment with its masks.")
def doctor(as_json: bool, deep: bool) -> None:
    """Examine settings, database, published versions, libraries, fonts, disk, queue and clock.

    Each fault says what to do about it. Exit status 1 when there is any.
    """
    findings = list(_findings(deep))
    faults = sum(finding.state == "fault" for finding in findings)
    if as_json:
        document = {"faults": faults, "findings": [dataclasses.asdict(finding) for finding in findings]}
        click.echo(json.dumps(document, indent=2))
    else:
        for finding in findings:
            click.echo(f"{finding.state:<5}  {finding.what}: {finding.message}")
            if finding.remedy:
                click.echo(f"       {'do' if finding.state == 'fault' else 'consider'}: {finding.remedy}")
        click.echo("No faults." if not faults else f"{faults} faults.", err=True)
    if faults:
        sys.exit(1)


def _findings(deep: bool) -> Iterator[Finding]:
    from engage import clock
    from engage.health.findings import fault
    from engage.health.machine import examine_machine
    from engage.health.stored_data import examine_database
    from engage.settings import SettingsFault, load_settings

    try:
        settings = load_settings()
    except SettingsFault as refused:
        for problem in refused.problems:
            yield fault("settings", problem, "Correct it in the environment or in .env; see docs/settings.md.")
        return
    yield from examine_machine(settings)
    yield from examine_database(settings, at=clock.now(), deep=deep)
