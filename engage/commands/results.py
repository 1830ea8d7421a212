"""``engage results``: all figures of a survey, after disclosure control."""

from __future__ import annotations

import datetime
import json as json_module
from typing import TYPE_CHECKING, Any

import click

from engage import clock
from engage.commands.context import database, fail, of_mentions, of_organisation
from engage.commands.giving_out import keep_counts

if TYPE_CHECKING:
    from reports.tabulation import Filters, MentionsBase

_DATE = click.DateTime(["%Y-%m-%d"])


@click.command(epilog="Example: engage results cancer-strategy-themes --by place --where audience=patients --json")
@click.argument("slug", required=False)
@click.option("--by", metavar="FIELD", help="The same figures for each group: place, an answer; or place,audience.")
@click.option("--where", metavar="FIELD=VALUE", multiple=True, help="Only people for whom this holds. May be repeated.")
@click.option("--since", type=_DATE, metavar="DATE", help="From this day's week on (weeks begin on Monday).")
@click.option("--until", type=_DATE, metavar="DATE", help="Up to the end of this day's week (Sunday).")
@of_mentions
@of_organisation
@click.option("--json", is_flag=True, help="Print JSON instead of a short table.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of that JSON and nothing else.")
def results(
    slug: str | None,
    by: str | None,
    where: tuple[str, ...],
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    mentions_base: MentionsBase,
    organisation: str | None,
    json: bool,
    schema: bool,
) -> None:
    """Print all figures of the survey SLUG, after disclosure control.

    What fewer than 10 people (11 staff) said is never shown, nor what would let anybody work it out. Filters that would
    leave out or keep so few people are refused.
    """
    if schema:
        from reports.results_schema import json_schema

        click.echo(json_module.dumps(json_schema(), indent=2))
        return
    if slug is None:
        raise click.UsageError("Name a survey; 'engage survey list' lists them.")
    # The statistics are imported late: --help and --schema should not wait for them.
    from reports.filtering import whole_weeks
    from reports.people import RequestRefused
    from reports.request import reported_questionnaire, results_to_give_out
    from reports.results_json import to_json
    from surveys.publishing import SurveyNotFound

    with database().reading() as session:
        try:
            filters = whole_weeks(_filters(by, where, since, until, mentions_base))
            given = results_to_give_out(session, slug=slug, organisation=organisation, filters=filters, at=clock.now())
        except (SurveyNotFound, RequestRefused) as refused:
            fail(_sentence(str(refused)))
        disclosed = given.results
        document = to_json(
            disclosed, reported_questionnaire(session, slug=slug, organisation=organisation, results=disclosed)
        )
    keep_counts(given.counts)
    used = disclosed.filters
    bounds = (("since", since, filters.since, used.since), ("until", until, filters.until, used.until))
    for name, asked, week, bound in bounds:
        if asked and bound and asked.date() != bound:
            more = "" if bound == week else ", and weeks in which few people answered are taken together"
            click.echo(f"--{name} {asked.date()} was widened to {bound}: periods are whole weeks{more}.", err=True)
    click.echo(json_module.dumps(document, ensure_ascii=False, indent=2) if json else _table(document))


def _filters(
    by: str | None,
    where: tuple[str, ...],
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    mentions_base: MentionsBase,
) -> Filters:
    from reports.tabulation import Filters

    pairs = []
    for each in where:
        field, sign, value = each.partition("=")
        if not (field and sign and value):
            raise click.UsageError(f"--where takes FIELD=VALUE, not {each!r}.")
        pairs.append((field.strip(), value.strip()))
    return Filters(
        since=since.date() if since else None,
        until=until.date() if until else None,
        where=tuple(pairs),
        by=by,
        mentions_base=mentions_base,
    )


_HEADINGS = ("rank", "chosen", "score 0-10", "theme")


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:] + ("" if message.endswith(".") else ".")


def _table(document: dict[str, Any]) -> str:
    """The themes by rank for a glance; every other figure is in the JSON."""
    responses = document["responses"]
    how_many = "a hidden number of people" if isinstance(responses, str) else f"{_figure(responses)} people"
    lines = [f"{document['survey']['title']}: {how_many} answered."]
    if "pooling" in document:
        lines.append(f"Audiences together: {document['pooling']}.")
    if document["themes"]:
        lines += ["", *_in_columns(_HEADINGS, *map(_row, sorted(document["themes"], key=_by_rank)))]
    return "\n".join([*lines, "", "With --json: every figure, by audience too."])


def _row(theme: dict[str, Any]) -> tuple[str, ...]:
    chosen = theme["chosen"]
    return (
        _together(theme["rank_low"], "to", theme["rank_high"]),
        _together(chosen["n"], "of", chosen["base"]) if chosen else "not asked",
        _figure(theme["score_0_10"]["value"]),
        theme["plain_title"],
    )


def _in_columns(*rows: tuple[str, ...]) -> list[str]:
    """Each row as a line; every column but the last is as wide as its widest cell."""
    widths = [*(max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]), 0]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows]


def _together(one: float | str | None, between: str, other: float | str | None) -> str:
    """Two figures as "1 to 3", or one word where neither is there to be shown or both say the same."""
    figures = _figure(one), _figure(other)
    unknown = next((figure for figure in figures if figure in ("hidden", "none")), None)
    if unknown:
        return unknown
    return figures[0] if between == "to" and figures[0] == figures[1] else f"{figures[0]} {between} {figures[1]}"


def _by_rank(theme: dict[str, Any]) -> float:
    rank = theme["rank"]
    return float("inf") if rank is None or isinstance(rank, str) else float(rank)


def _figure(value: float | str | None) -> str:
    if value is None:
        return "none"
    if isinstance(value, str):
        return "hidden"
    return f"{value:.1f}" if isinstance(value, float) else str(value)
