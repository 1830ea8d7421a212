"""``engage survey thresholds``: the shares that places are compared with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engage import clock
from engage.commands.context import database, fail, of_organisation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from surveys.storage import tables

BY = "command line"
_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command(epilog="Example: engage survey thresholds cancer-strategy thresholds.csv")
@click.argument("slug")
@click.argument("file", type=_FILE, required=False)
@click.option("--remove", is_flag=True, help="Take the thresholds away.")
@of_organisation
def thresholds(slug: str, file: Path | None, remove: bool, organisation: str | None) -> None:
    """Compare the places of SLUG with the shares in FILE (CSV); without FILE, say what is kept.

    One row for each theme and measure: theme, measure (chosen or percent_positive), acceptable, achievable, and where
    fewer people are better "lower is better" as direction. Every fault is printed with its line, and then nothing is
    changed.
    """
    from surveys.publishing import SurveyNotFound, find_survey

    if file is not None and remove:
        raise click.UsageError("Give either FILE or --remove.")
    try:
        store = database()
        with store.writing() if remove or file is not None else store.reading() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            if remove:
                _remove(session, survey)
            elif file is not None:
                _take(session, survey, file)
            else:
                _tell(session, survey)
    except SurveyNotFound as refusal:
        fail(f"{refusal}.")


def _remove(session: Session, survey: tables.Survey) -> None:
    from engage.audit.events import PlaceThresholdsRemoved, record
    from surveys.place_thresholds import remove_thresholds

    if not remove_thresholds(session, survey=survey):
        fail(f"{survey.slug} has no thresholds.")
    event = PlaceThresholdsRemoved(survey.slug)
    record(session, event, organisation_id=survey.organisation_id, by=BY, at=clock.now())
    click.echo(f"{survey.slug} has no thresholds now.", err=True)


def _take(session: Session, survey: tables.Survey, file: Path) -> None:
    from engage.audit.events import PlaceThresholdsGiven, record
    from surveys.place_thresholds import MOST_BYTES, ThresholdFaults, put_thresholds, read_thresholds
    from surveys.publishing import current_version, load_version

    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    questionnaire = load_version(session, current_version(session, survey=survey).id)
    try:
        found = read_thresholds(content, questionnaire)
    except ThresholdFaults as refused:
        fail(*(f"{file}:{fault.line}: {fault.message}" for fault in refused.faults))
    at = clock.now()
    put_thresholds(session, survey=survey, thresholds=found, at=at, by=BY)
    event = PlaceThresholdsGiven(survey.slug, file.name, len(found))
    record(session, event, organisation_id=survey.organisation_id, by=BY, at=at)
    _tell(session, survey)


def _tell(session: Session, survey: tables.Survey) -> None:
    from surveys.place_thresholds import find_thresholds

    found = find_thresholds(session, survey=survey)
    for (theme, measure), one in found.items():
        turned = "" if one.direction == "higher is better" else f"\t{one.direction}"
        click.echo(f"{theme}\t{measure}\t{one.acceptable:g}\t{one.achievable:g}{turned}")
    if not found:
        click.echo(f"{survey.slug} has no thresholds. See: engage survey thresholds --help", err=True)
