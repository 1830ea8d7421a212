"""``engage survey``: check questionnaire files, publish them and list what is published."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engage import clock
from engage.commands.context import database, fail, of_organisation, settings
from engage.commands.survey_end import close, reopen, withdraw
from engage.commands.survey_reference import reference
from engage.commands.survey_thresholds import thresholds
from engage.commands.survey_wave import wave

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from surveys.questionnaire import Questionnaire
    from surveys.questionnaire_file import Fault
    from surveys.storage import tables

BY = "command line"
_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
_DATE = click.DateTime(["%Y-%m-%d"])


@click.group(epilog="Example: engage survey check my-survey.yaml && engage survey publish my-survey.yaml")
def survey() -> None:
    """Check, publish and list questionnaires; close, reopen and withdraw surveys."""


for ending in (close, reopen, withdraw):
    survey.add_command(ending)
survey.add_command(reference)
survey.add_command(thresholds)
survey.add_command(wave)


@survey.command(epilog="Example: engage survey check my-survey.yaml")
@click.argument("file", type=_FILE)
def check(file: Path) -> None:
    """Check the questionnaire in FILE (YAML, or JSON by its ending) without publishing it.

    Every fault is printed with its line. Warnings are advice on the wording: they never stop anything.
    """
    from surveys.wording import estimated_minutes

    questionnaire = _read(file)
    full, first = estimated_minutes(questionnaire)
    click.echo(
        f"{file}: no faults. {len(questionnaire.themes)} themes, {len(questionnaire.items)} questions; "
        f"about {_minutes(full)} to answer in full, about {_minutes(first)} for the first page alone."
    )


@survey.command(epilog="Example: engage survey publish my-survey.yaml --closes 2027-01-31")
@click.argument("file", type=_FILE)
@click.option("--opens", type=_DATE, metavar="DATE", help="The first day for answers, such as 2026-12-01.")
@click.option("--closes", type=_DATE, metavar="DATE", help="The last day for answers; it counts to its end.")
@click.option(
    "--same-meaning",
    is_flag=True,
    help="The edit changes no meaning (a typing error, a translation): a minor version, whose answers pool.",
)
@click.option("--organisation", metavar="SLUG", help="Whose survey it is; without it, of the one at the top.")
def publish(
    file: Path,
    opens: datetime.datetime | None,
    closes: datetime.datetime | None,
    same_meaning: bool,
    organisation: str | None,
) -> None:
    """Publish the questionnaire in FILE as its survey's next version; prints slug and version.

    The same content twice is the same version. Dates belong to the survey, not to the version.
    """
    from engage.audit.events import SurveyPublished, record
    from surveys.organisations import OrganisationNotFound, ensure_root, find_organisation
    from surveys.publishing import NotPublishable
    from surveys.publishing import publish as publish_questionnaire

    questionnaire = _read(file)
    at = clock.now()
    try:
        with database().writing() as session:
            root = ensure_root(session, name=questionnaire.organisation.in_language(questionnaire.language))
            owner = find_organisation(session, slug=organisation) if organisation else root
            done = publish_questionnaire(
                session,
                organisation=owner,
                questionnaire=questionnaire,
                at=at,
                by=BY,
                opens=opens.date() if opens else None,
                closes=closes.date() if closes else None,
                same_meaning=same_meaning,
                time_zone=settings().time_zone,
            )
            if done.created:
                record(session, SurveyPublished(done.slug, done.version), organisation_id=owner.id, by=BY, at=at)
    except NotPublishable as refusal:
        fail(f"{file}: {refusal}.")
    except OrganisationNotFound as refusal:
        fail(f"{str(refusal)[:1].upper()}{str(refusal)[1:]}.")
    if not done.created:
        click.echo("This content was published before; it keeps its version.", err=True)
    elif same_meaning and done.changes:
        changed = ", ".join(done.changes)
        click.echo(f"A major version, for ids, kinds, scales or routing changed in: {changed}.", err=True)
    click.echo(f"{done.slug}\t{done.version}")


@survey.command("list", epilog="Example: engage survey list --json")
@click.option("--organisation", metavar="SLUG", help="Only the surveys of this organisation.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_(organisation: str | None, as_json: bool) -> None:
    """List the surveys with their newest version, status and answers so far."""
    from surveys.publishing import list_surveys

    with database().reading() as session:
        rows = [_summary(session, each) for each in list_surveys(session, organisation=organisation)]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        click.echo("\t".join(str(row[key]) for key in ("slug", "version", "status", "answers", "title")))
    if not rows:
        click.echo("No survey is published yet. See: engage survey publish --help", err=True)


@survey.command(epilog="Example: engage survey show cancer-strategy --version 1.0 --json")
@click.argument("slug")
@click.option("--version", "number", metavar="MAJOR.MINOR", help="A certain version; else the newest.")
@of_organisation
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the whole questionnaire.")
def show(slug: str, number: str | None, organisation: str | None, as_json: bool) -> None:
    """Show the survey SLUG: a version's questions, and its collectors with code, address and answers so far."""
    from surveys.publishing import SurveyNotFound, find_survey, load_version
    from surveys.questionnaire_file import to_document, to_yaml

    try:
        with database().reading() as session:
            found = find_survey(session, slug=slug, organisation=organisation)
            version = _version(session, found, number)
            questionnaire = load_version(session, version.id)
            shown = _summary(session, found) | {
                "version": version.number,
                "published_on": version.published_at.date().isoformat(),
                "sha256": version.sha256,
                "collectors": _collectors(session, found),
            }
    except SurveyNotFound as refusal:
        fail(f"{refusal}.")
    if as_json:
        click.echo(json.dumps(shown | {"questionnaire": to_document(questionnaire)}, indent=2, ensure_ascii=False))
        return
    for key in ("slug", "title", "status", "opens", "closes", "version", "versions", "published_on", "answers"):
        value = ", ".join(shown[key]) if isinstance(shown[key], list) else shown[key]
        click.echo(f"{key}: {'' if value is None else value}".rstrip())
    click.echo("\ncollectors (code, address, answers, audience, language, name, place):")
    for row in shown["collectors"]:
        columns = ("code", "address", "answers", "audience", "language", "name", "place")
        click.echo("\t".join(str(row[column] or "") if column != "answers" else str(row[column]) for column in columns))
    click.echo(f"\n{to_yaml(questionnaire)}", nl=False)


@survey.command(epilog="Example: engage survey schema > questionnaire.schema.json")
def schema() -> None:
    """Print the JSON Schema of the questionnaire file, for editors and other software."""
    from surveys.questionnaire_file import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _read(file: Path) -> Questionnaire:
    """The questionnaire in the file, after printing advice on its wording; ends the command where it has faults."""
    from surveys.questionnaire_file import MOST_BYTES, QuestionnaireFaults, read_with_lines
    from surveys.wording import check_wording

    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    try:
        questionnaire, lines = read_with_lines(content, is_json=file.suffix.lower() == ".json")
    except QuestionnaireFaults as faults:
        fail(*(_line(file, fault) for fault in faults.faults))
    for warning in check_wording(questionnaire, lines):
        click.echo(_line(file, warning), err=True)
    return questionnaire


def _line(file: Path, fault: Fault) -> str:
    # What concerns the whole file is said of its first line, so that every fault can be found in the same way.
    return f"{file}:{fault.line or 1}: {'warning: ' if fault.severity == 'warning' else ''}{fault.message}"


def _minutes(minutes: float) -> str:
    whole = max(1, -int(-minutes // 1))
    return f"{whole} minute{'' if whole == 1 else 's'}"


def _summary(session: Session, found: tables.Survey) -> dict[str, Any]:
    from surveys.collecting import responses_by_collector
    from surveys.publishing import current_version, load_version, survey_status, versions_of
    from surveys.storage import tables

    newest = current_version(session, survey=found)
    questionnaire = load_version(session, newest.id)
    return {
        "slug": found.slug,
        "organisation": session.get_one(tables.Organisation, found.organisation_id).slug,
        "title": questionnaire.title.in_language(questionnaire.language),
        "version": newest.number,
        "versions": [version.number for version in versions_of(session, survey=found)],
        "status": survey_status(found, clock.now()),
        "opens": _moment(found.opens_at),
        "closes": _moment(found.closes_at),
        "demonstration": questionnaire.demonstration,
        "answers": sum(responses_by_collector(session, survey=found).values()),
    }


def _moment(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="minutes")


def _version(session: Session, found: tables.Survey, number: str | None) -> tables.QuestionnaireVersion:
    from surveys.publishing import current_version, versions_of

    if number is None:
        return current_version(session, survey=found)
    versions = {version.number: version for version in versions_of(session, survey=found)}
    if number not in versions:
        fail(f"{found.slug} has no version {number}; there are {', '.join(versions)}.")
    return versions[number]


def _collectors(session: Session, found: tables.Survey) -> list[dict[str, Any]]:
    from surveys.collecting import responses_by_collector
    from surveys.collectors import collectors_of

    answers = responses_by_collector(session, survey=found)
    return [
        {
            "code": each.code,
            "address": f"{settings().base_url}/{each.code}",
            "answers": answers.get(each.id, 0),
            "audience": each.audience_id,
            "language": each.language,
            "name": each.name,
            "place": each.place,
            "channel": each.channel,
            "stopped": each.stopped_at is not None,
        }
        for each in collectors_of(session, survey=found)
    ]
