"""The ``engage`` command. Each subcommand lives in its own module, which is imported only when it runs."""

from __future__ import annotations

import importlib
import os
import sys
import traceback

import click

from engage.commands.context import Refusal

# Name of the command: its module under engage.commands and its line in the help. The object has the command's name.
COMMANDS: dict[str, tuple[str, str]] = {
    "db": ("db", "Create the database or bring it up to date."),
    "serve": ("serve", "Run the production web server."),
    "worker": ("worker", "Run queued work: reports, posters, deletions."),
    "doctor": ("doctor", "Check this installation and say what to do about each fault."),
    "survey": ("survey", "Check, publish and list questionnaires."),
    "collector": ("collector", "Add a place where people answer, and get its code."),
    "poster": ("poster", "Make a poster or leaflet with a QR code."),
    "comments": ("comments", "Say how many comments wait to be read."),
    "responses": ("responses", "Import and export answers."),
    "results": ("results", "Print all figures of a survey."),
    "report": ("report", "Make a board report or workshop pack, or verify one."),
    "account": ("account", "Add, list, disable and reset staff accounts."),
    "organisation": ("organisation", "Set up the organisations: names, the tree, logo and colour."),
    "audit": ("audit", "Check the audit trail, and write a copy of it."),
    "audience": ("audience", "List and add audiences, such as patients and staff."),
    "backup": ("backup", "Write a consistent copy of everything stored."),
    "restore": ("backup", "Bring a backup back."),
    "retention": ("retention", "Delete what is past its date."),
    "demo": ("demo", "Fill an installation with a demonstration survey."),
}


class _LateCommands(click.Group):
    """Imports the module of a command when the command is called, so that ``engage --help`` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"engage.commands.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=_LateCommands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: engage db upgrade && engage survey publish my-survey.yaml && engage serve",
)
@click.version_option(package_name="engage", message="Engage %(version)s")
def engage() -> None:
    """Engagement surveys for health care: from a questionnaire to a poster, answers and a report.

    Everything an installation needs can be done with these commands. Each explains itself with --help.
    Results go to standard output, progress and notes to standard error.
    Exit status: 0 done, 1 the input was refused, 2 wrong usage.
    """


def main() -> None:
    """Run the command line. A fault of our own ends in one line, never in a stack trace with somebody's data in it."""
    from engage.settings import SettingsFault

    try:
        engage(prog_name="engage")
    except SettingsFault as fault:
        Refusal(*fault.problems).show()
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the outermost boundary: whatever went wrong, a person reads this.
        from sqlalchemy.exc import OperationalError  # late, so that --help imports no database

        if os.environ.get("ENGAGE_LOG_LEVEL", "").lower() == "debug":
            traceback.print_exc()
        if isinstance(error, OperationalError):
            # The driver's own words name the server and the reason; the statement with its values is left out.
            reason = " ".join(str(error.orig).split())
            Refusal(f"The database cannot be used: {reason}", "Nothing more was stored. Run 'engage doctor'.").show()
            sys.exit(1)
        click.echo(
            f"Engage has a fault of its own ({type(error).__name__}); nothing more was stored. Run 'engage doctor'. "
            "With ENGAGE_LOG_LEVEL=debug the same command prints where it happened.",
            err=True,
        )
        sys.exit(1)
