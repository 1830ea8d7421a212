"""Editions of a commentary: who wrote what, the way from draft to final, and that final stays final."""

from __future__ import annotations

import datetime

import pytest
from sqlalchemy.orm import Session

from surveys.commentary.editions import (
    Edition,
    NotPossible,
    State,
    WrittenMeanwhile,
    begin_edition,
    editions_of,
    move_edition,
    newest_edition,
    save_texts,
)
from surveys.commentary.freezing import freeze, frozen_content, frozen_files
from surveys.commentary.merging import seen_as
from surveys.commentary.readiness import what_is_missing
from surveys.commentary.references import FigureReference, by_name
from surveys.commentary.texts import LONGEST, Recommendation, Texts, too_long
from surveys.storage import tables
from surveys.storage.tables.reporting import FinalReportImmutableError
from tests.factories import NOW, a_survey

ANNA, TOM = "anna@example.org", "tom@example.org"
THEMES = {"waiting": "Waiting less", "digital": "Digital care"}
SHOWN = FigureReference("waiting chosen patients", "waiting", "Waiting less", "Patients who chose it", "12 of 30", True)
HIDDEN = FigureReference("waiting chosen staff", "waiting", "Waiting less", "Staff who chose it", "too few", False)
FIGURES = by_name([SHOWN, HIDDEN])


@pytest.fixture
def survey(session: Session) -> tables.Survey:
    return a_survey(session)


def save(session: Session, survey: tables.Survey, texts: Texts, *, seen: str = "", by: str = ANNA) -> Edition:
    return save_texts(session, survey=survey, texts=texts, seen=seen, by=by, name="", on=NOW.date(), at=NOW)


def move(session: Session, survey: tables.Survey, to: State, *, seen: int | None = None) -> Edition:
    edition = newest_edition(session, survey=survey)
    assert edition
    version = edition.row_version if seen is None else seen
    return move_edition(
        session, survey=survey, number=edition.number, seen=version, to=to, by=TOM, name="Tom Reid", at=NOW
    )


def whole(**changes: str) -> Texts:
    front = {"purpose": "To agree.", "executive_lead": "Sam", "author": "Anna"}
    reason = Recommendation("keep", "It leads: [[waiting chosen patients]].")
    return Texts(front={**front, **changes}, themes={"waiting": reason, "digital": Recommendation("drop", "Last.")})


def test_what_is_saved_is_read_back_with_who_wrote_it(session: Session, survey: tables.Survey) -> None:
    assert newest_edition(session, survey=survey) is None
    save(session, survey, whole())
    session.expire_all()
    edition = newest_edition(session, survey=survey)
    assert edition
    assert edition.texts.parts() == whole().parts()
    assert (edition.number, edition.state, edition.row_version, edition.changed_by) == (1, "draft", 1, ANNA)
    assert (edition.texts.theme("waiting").by, edition.texts.theme("waiting").on) == (ANNA, NOW.date())


def test_two_people_who_write_different_parts_keep_both(session: Session, survey: tables.Survey) -> None:
    seen = seen_as(save(session, survey, Texts(summary="First.")).texts)
    save(session, survey, Texts(summary="First.", front={"author": "Anna"}), seen=seen)
    edition = save(session, survey, Texts(summary="Second."), seen=seen, by=TOM)
    assert (edition.texts.summary, edition.texts.front["author"], edition.row_version) == ("Second.", "Anna", 3)


def test_two_people_who_write_the_same_part_are_shown_each_other(session: Session, survey: tables.Survey) -> None:
    seen = seen_as(save(session, survey, Texts(summary="First.")).texts)
    save(session, survey, Texts(summary="Anna's."), seen=seen)
    with pytest.raises(WrittenMeanwhile) as met:
        save(session, survey, Texts(summary="Tom's."), seen=seen, by=TOM)
    assert (met.value.parts, met.value.edition.texts.summary) == (("summary",), "Anna's.")
    stored = newest_edition(session, survey=survey)
    assert stored
    assert (stored.texts.summary, stored.changed_by) == ("Anna's.", ANNA)


def test_saving_the_same_again_changes_nothing(session: Session, survey: tables.Survey) -> None:
    first = save(session, survey, whole())
    assert save(session, survey, whole(), seen=seen_as(first.texts), by=TOM) == first


def test_too_long_a_text_is_refused_with_its_length(session: Session, survey: tables.Survey) -> None:
    with pytest.raises(ValueError, match=r"Summary: use 1,500 characters or fewer. It has 1,501"):
        save(session, survey, Texts(summary="x" * (LONGEST["summary"] + 1)))


def test_the_way_goes_from_draft_to_comment_and_back_and_to_final(session: Session, survey: tables.Survey) -> None:
    save(session, survey, whole())
    with pytest.raises(NotPossible, match="draft cannot become final"):
        move(session, survey, "final")
    move(session, survey, "for_comment")
    with pytest.raises(NotPossible, match="for comment and cannot be written in"):
        save(session, survey, Texts(summary="New."))
    move(session, survey, "draft")
    move(session, survey, "for_comment")
    edition = move(session, survey, "final")
    assert [one.state for one in edition.history] == ["draft", "for_comment", "draft", "for_comment", "final"]
    assert (edition.stands_since.person, edition.stands_since.at) == ("Tom Reid", NOW)
    for state in ("draft", "for_comment", "final"):
        with pytest.raises(NotPossible):
            move(session, survey, state)


def test_what_changed_since_it_was_read_is_not_moved(session: Session, survey: tables.Survey) -> None:
    save(session, survey, whole())
    with pytest.raises(NotPossible, match="changed the commentary meanwhile"):
        move(session, survey, "for_comment", seen=0)


def test_a_new_edition_begins_with_the_words_of_the_final_one(session: Session, survey: tables.Survey) -> None:
    save(session, survey, whole())
    with pytest.raises(NotPossible, match="begins from a final one"):
        begin_edition(session, survey=survey, by=TOM, name="", at=NOW)
    move(session, survey, "for_comment")
    final = move(session, survey, "final")
    begun = begin_edition(session, survey=survey, by=TOM, name="", at=NOW + datetime.timedelta(days=1))
    assert (begun.number, begun.state, begun.texts) == (2, "draft", final.texts)
    save(session, survey, Texts(front={"risk": "R7"}))
    assert [(one.number, one.state) for one in editions_of(session, survey=survey)] == [(2, "draft"), (1, "final")]
    assert editions_of(session, survey=survey)[1] == final


def test_neither_a_final_commentary_nor_its_files_can_change(session: Session, survey: tables.Survey) -> None:
    save(session, survey, whole())
    move(session, survey, "for_comment")
    move(session, survey, "final")
    kept = freeze(session, survey=survey, number=1, files=[("a.pdf", "application/pdf", b"one")], at=NOW)
    assert [(one.name, one.sha256) for one in frozen_files(session, survey=survey)] == list(kept.items())
    file = frozen_content(session, survey=survey, number=1, name="a.pdf")
    assert file
    assert frozen_content(session, survey=survey, number=2, name="a.pdf") is None
    row = session.query(tables.Commentary).one()
    for changed, name, value in ((file, "content", b"two"), (row, "document", {}), (row, "state", "draft")):
        with session.begin_nested() as nested:
            setattr(changed, name, value)
            with pytest.raises(FinalReportImmutableError):
                session.flush()
            nested.rollback()
    for gone in (file, row):
        with session.begin_nested() as nested:
            session.delete(gone)
            with pytest.raises(FinalReportImmutableError):
                session.flush()
            nested.rollback()


def test_a_whole_commentary_lacks_nothing() -> None:
    assert what_is_missing(whole(), themes=THEMES, references=FIGURES) == ()


def test_what_was_written_of_a_theme_that_was_left_out_stands_in_nobodys_way() -> None:
    older = Texts(whole().front, "", {**whole().themes, "dropped": Recommendation("keep", "[[dropped chosen staff]]")})
    assert what_is_missing(older, themes=THEMES, references=FIGURES) == ()


def test_too_long_a_reason_says_of_which_theme() -> None:
    longer = Texts(themes={"digital": Recommendation("keep", "x" * 601)})
    assert "Reason for “Digital care”: use 600" in too_long(longer, themes=THEMES)["theme.digital"]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (whole(purpose=" "), "Fill in: Purpose"),
        (whole(executive_lead=""), "Fill in: Executive lead"),
        (whole(author=""), "Fill in: Author"),
        (whole(risk="[[gone]]"), "Risk references: there is no figure [[gone]]"),
        (Texts(whole().front, "[[waiting chosen staff]]", whole().themes), "it would print “too few”"),
        (Texts(whole().front, "", {"waiting": whole().themes["waiting"]}), "Choose an advice for “Digital care”"),
        (
            Texts(whole().front, "", {**whole().themes, "digital": Recommendation("drop", " ")}),
            "Write the reason for “Digital care”",
        ),
        (Texts(whole().front, "x" * 1_501, whole().themes), "Summary: use 1,500 characters or fewer"),
    ],
)
def test_what_a_final_report_needs_is_named(texts: Texts, said: str) -> None:
    assert any(said in one.says for one in what_is_missing(texts, themes=THEMES, references=FIGURES))


def test_without_results_nothing_can_be_final() -> None:
    (one,) = what_is_missing(whole(), themes=THEMES, references=None)
    assert "Make a report first" in one.says
