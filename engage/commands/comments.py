"""``engage comments``: what waits to be read."""

from __future__ import annotations

import zoneinfo

import click

from engage.commands.context import database, fail, settings


@click.group(epilog="Example: engage comments digest")
def comments() -> None:
    """Say how many comments wait to be read."""


@comments.command(epilog="Example: engage comments digest --survey cancer-strategy --send")
@click.option("--survey", "slug", metavar="SLUG", help="Only the surveys with this name.")
@click.option("--send", is_flag=True, help="Send it to each survey's reader too, unless it went out today.")
def digest(slug: str | None, send: bool) -> None:
    """Print the daily digest of each survey in which comments wait: counts, and nothing that anybody wrote."""
    from engage.clock import now
    from engage.queue.digests import send_digest
    from surveys.comments.digest import digests

    at, found = now(), settings()
    day = at.astimezone(zoneinfo.ZoneInfo(found.time_zone)).date()
    opened = database()
    with opened.reading() as session:
        due = digests(session, today=day, slug=slug)
    if send and not found.mail_url:
        fail("No mail server is set. Set ENGAGE_MAIL_URL and ENGAGE_MAIL_FROM; docs/settings.md says how.")
    for one in due:
        click.echo(f"To: {one.to or 'nobody is named'}\nSubject: {one.subject}\n\n{one.text(found.base_url)}")
        if send and one.to:
            sent = send_digest(found, opened, one, at=at, day=day)
            click.echo("Sent." if sent else "Not sent: it went out today, or the mail server did not take it.")
    if not due:
        click.echo("No comment waits to be read.")
