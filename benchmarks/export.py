"""How long an export takes, against writing the same cells from memory, and whether it grows only with its size."""

from __future__ import annotations

import csv
import datetime
import gc
import random
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engage import migrations
from engage.unit_of_work import Database
from surveys.answers import Answers
from surveys.audiences import ensure_shipped
from surveys.collecting import Sent, collect_many
from surveys.collectors import add_collector, current_version
from surveys.exporting import export_answers
from surveys.library import library_files
from surveys.organisations import ensure_root
from surveys.publishing import find_survey, publish
from surveys.questionnaire import ChoiceQuestion, ChoicesQuestion, LongTextQuestion, Questionnaire, RatingQuestion
from surveys.questionnaire_file import read_questionnaire
from surveys.routing import on_path
from surveys.storage import tables

RESPONSES = 100_000
_AT = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=datetime.UTC)
_WORDS = (
    "waiting",
    "for",
    "the",
    "result",
    "was",
    "hardest",
    "and",
    "nobody",
    "told",
    "us",
    "when",
    "it",
    "would",
    "come",
)


def figures() -> list[tuple[str, float, float]]:
    """(what is measured, the ratio found, the ratio to reach) of the shipped survey, CPU time in one process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = (_exporting(folder / f"{size}", size) for size in (RESPONSES // 10, RESPONSES))
        # Taken in turns, so that a busy machine slows all of them alike.
        rounds = [(_cpu(few), _cpu(many), _cpu(_writing(folder / f"{RESPONSES}.csv"))) for _ in range(3)]
    small, large, floor = (min(times) for times in zip(*rounds, strict=True))
    return [
        (f"CSV export of {RESPONSES:,} responses, in times writing the same cells from memory", large / floor, 4.0),
        ("CSV export of 10 times the responses, in times 10 times the time", large / small / 10, 1.3),
    ]


def _exporting(stem: Path, size: int) -> Callable[[], object]:
    """What exports a new database with ``size`` responses to ``stem``.csv."""
    url = f"sqlite:///{stem}.sqlite"
    migrations.upgrade(url)
    database = Database(url)
    questionnaire = read_questionnaire(library_files()["cancer-strategy-themes"].read_bytes())
    with database.writing() as session:
        ensure_shipped(session)
        publish(session, organisation=ensure_root(session), questionnaire=questionnaire, at=_AT, by="benchmark")
        survey = find_survey(session, slug=questionnaire.slug)
        collectors = [
            add_collector(
                session, survey=survey, name=f"Place {number}", place=f"Trust / {number}", at=_AT, by="benchmark"
            )
            for number in range(20)
        ]
        version_id = current_version(session, collectors[0]).id
        chance = random.Random(size)
        sent = (
            Sent(chance.choice(collectors), answers, "en", "web", _AT.date() - datetime.timedelta(chance.randrange(60)))
            for answers in _people(questionnaire, size, chance)
        )
        collect_many(session, version_id=version_id, batch_id=None, sent=sent)
        _screen(session)

    def export() -> None:
        with database.reading() as session:
            done = export_answers(
                session, survey=find_survey(session, slug=questionnaire.slug), path=stem.with_suffix(".csv")
            )
        assert done.responses == size

    return export


def _screen(session: Session) -> None:
    """Screened comments as a worker leaves them within minutes: there is nothing to mask in these words.

    What no worker has reached yet is masked while it is written, which takes as long as screening.
    """
    comment = tables.Comment
    rows = session.execute(
        select(comment.survey_id, comment.response_key, comment.item_key, comment.organisation_id, comment.text)
    ).all()
    screened = [
        {
            "ref": secrets.token_bytes(16),
            "survey_id": row.survey_id,
            "response_key": row.response_key,
            "item_key": row.item_key,
            "organisation_id": row.organisation_id,
            "search_id": secrets.randbits(62),
            "words": row.text,
            "masks": [],
            "level": "rest",
            "reasons": [],
            "rules": "benchmark",
        }
        for row in rows
    ]
    session.execute(insert(tables.ScreenedComment), sorted(screened, key=itemgetter("ref")))


def _writing(path: Path) -> Callable[[], object]:
    """What writes the cells of an exported file once more, from memory to a file."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))

    def write() -> None:
        with path.with_suffix(".floor").open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(rows)

    return write


def _cpu(work: Callable[[], object]) -> float:
    gc.collect()
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _people(questionnaire: Questionnaire, size: int, chance: random.Random) -> Iterator[Answers]:
    """Answers of people who skip one question in ten and comment on one theme in five."""
    for _ in range(size):
        answers: Answers = {}
        for item in questionnaire.items:
            question = item.question
            if isinstance(question, LongTextQuestion):
                if chance.random() < 0.2:
                    answers[item.key] = " ".join(chance.choices(_WORDS, k=chance.randint(3, 30)))
            elif isinstance(question, RatingQuestion | ChoiceQuestion) and chance.random() < 0.9:
                answers[item.key] = chance.choice(questionnaire.options(question)).id
            elif isinstance(question, ChoicesQuestion) and chance.random() < 0.9:
                ids = [option.id for option in questionnaire.options(question) if not option.exclusive]
                picked = set(chance.sample(ids, chance.randint(1, 3)))
                answers[item.key] = tuple(id_ for id_ in ids if id_ in picked)
        yield on_path(questionnaire, answers)


if __name__ == "__main__":
    for line, value, reach in figures():
        print(f"{line}: {value:.2f} (reach {reach:g})")
