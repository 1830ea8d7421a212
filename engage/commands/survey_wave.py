"""``engage survey wave``: which earlier survey a survey asks again, and how well each question compares."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engage import clock
from engage.commands.context import database, fail, of_organisation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from surveys.comparing.comparability import Comparability
    from surveys.storage import tables

BY = "command line"
_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.command(epilog="Example: engage survey wave cancer-strategy-2027 cancer-strategy-2026 --map questions.csv")
@click.argument("slug")
@click.argument("earlier", metavar="[EARLIER_SLUG]", required=False)
@click.option("--map", "map_file", type=_FILE, help="CSV (question,comparability) or YAML: same, similar or new.")
@click.option("--remove", is_flag=True, help="Let SLUG stand alone again.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@of_organisation
def wave(
    slug: str, earlier: str | None, map_file: Path | None, remove: bool, as_json: bool, organisation: str | None
) -> None:
    """Compare the results of SLUG with those of EARLIER_SLUG, which asked the same before.

    Prints each question with how it compares: the same, similar (other words) or new. FILE says otherwise of single
    questions. Without EARLIER_SLUG, tells or changes what is linked already.
    """
    from surveys.publishing import SurveyNotFound, find_survey
    from surveys.waves import WaveRefused, earlier_survey

    if remove and (earlier or map_file):
        raise click.UsageError("Give either EARLIER_SLUG or --remove.")
    try:
        with database().writing() if remove or earlier or map_file else database().reading() as session:
            survey = find_survey(session, slug=slug, organisation=organisation)
            if remove:
                _remove(session, survey)
                return
            before = find_survey(session, slug=earlier, organisation=organisation) if earlier else None
            if earlier or map_file:
                _link(session, survey, before or earlier_survey(session, survey=survey), map_file)
            _tell(session, survey, as_json=as_json)
    except (SurveyNotFound, WaveRefused) as refused:
        fail(f"{str(refused)[:1].upper()}{str(refused)[1:]}.")


def _remove(session: Session, survey: tables.Survey) -> None:
    from engage.audit.events import WaveRemoved, record
    from surveys.waves import earlier_survey, remove_wave

    earlier = earlier_survey(session, survey=survey)
    if earlier is None:
        fail(f"{survey.slug} follows no earlier survey.")
    remove_wave(session, survey=survey)
    event = WaveRemoved(survey.slug, earlier.slug)
    record(session, event, organisation_id=survey.organisation_id, by=BY, at=clock.now())
    click.echo(f"{survey.slug} stands alone now.", err=True)


def _link(session: Session, survey: tables.Survey, earlier: tables.Survey | None, map_file: Path | None) -> None:
    from engage.audit.events import WaveLinked, record
    from surveys.waves import link_wave, wave_of

    if earlier is None:
        fail(f"{survey.slug} follows no earlier survey; name one before the file.")
    link, at = wave_of(session, survey=survey), clock.now()
    chosen = link.comparability if link and link.earlier_survey_id == earlier.id else {}
    link_wave(session, survey=survey, earlier=earlier, chosen=chosen, at=at, by=BY)
    if map_file is not None:
        # The questions that a file may speak of are known once the two are linked; what it says replaces the rest.
        chosen = _said_in(session, survey, map_file)
        link_wave(session, survey=survey, earlier=earlier, chosen=chosen, at=at, by=BY)
    linked = wave_of(session, survey=survey)
    event = WaveLinked(survey.slug, earlier.slug, len(linked.comparability) if linked else 0)
    record(session, event, organisation_id=survey.organisation_id, by=BY, at=at)


def _said_in(session: Session, survey: tables.Survey, map_file: Path) -> dict[str, Comparability]:
    from surveys.comparing.comparability_file import LARGEST_MAP, MapFaults, read_map
    from surveys.waves import compared_with_earlier

    with map_file.open("rb") as opened:
        content = opened.read(LARGEST_MAP + 1)
    items = compared_with_earlier(session, survey=survey)
    try:
        return read_map(content, items, is_csv=map_file.suffix.lower() == ".csv")
    except MapFaults as refused:
        fail(*(f"{map_file}:{fault.line}: {fault.message}" for fault in refused.faults))


def _tell(session: Session, survey: tables.Survey, *, as_json: bool) -> None:
    from surveys.waves import compared_with_earlier, earlier_survey

    earlier, items = earlier_survey(session, survey=survey), compared_with_earlier(session, survey=survey)
    if as_json:
        questions = [
            {
                "id": one.key,
                "now": one.now,
                "earlier": one.earlier or None,
                "comparability": one.comparability,
                "derived": one.derived,
                "reason": one.reason,
            }
            for one in items
        ]
        document = {"survey": survey.slug, "earlier": earlier.slug if earlier else None, "questions": questions}
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
    elif earlier is None:
        click.echo(f"{survey.slug} follows no earlier survey. See: engage survey wave --help", err=True)
    else:
        click.echo(f"{survey.slug} follows {earlier.slug}:", err=True)
        for one in items:
            reason = one.reason if one.comparability == one.derived else f"{one.reason} You said otherwise."
            click.echo(f"{one.comparability}\t{one.key}\t{reason}")
