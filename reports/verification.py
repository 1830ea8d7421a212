"""Does a report still follow from the stored answers? The figures inside its PDF are worked out again and compared.

So are the officer's words, which are filled in again, and each page, of which the PDF carries a digest. What is said of
the comparison tells no answer of few people, whatever is given to be verified (docs/decisions/0070).
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from sqlalchemy.orm import Session

from reports.carried import INCOMPLETE, NotVerifiable, read_provenance
from reports.commentary import written
from reports.commentary_json import commentary_to_json
from reports.differing_parts import alike, differing_parts
from reports.page_digests import changed_pages
from reports.people import RequestRefused
from reports.provenance import software
from reports.published_counts import WaitForMore
from reports.request import disclosed_results, reported_questionnaire
from reports.results_json import to_json
from reports.seals import seal_holds
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Filters, Results
from reports.what_changed import commentary_changed, many_more, what_changed
from surveys.commentary.editions import Edition, editions_of
from surveys.commentary.freezing import FrozenFile, frozen_files
from surveys.publishing import SurveyNotFound, find_survey
from surveys.questionnaire import Questionnaire

_SEAL_BROKEN = "The figures and words inside the file were changed after the report was made."
_WORDS = "the officer's words"
_UNPROVEN = (
    "the stored answers are not those that it was made from, and it carries no seal of this installation that would "
    "prove that it was right then"
)
_ABOUT_SOME = (
    "answers have come or gone since, and whether they are of the people whom this report is about would tell who "
    "came; make a new one"
)
_Faults = (KeyError, TypeError, AttributeError, ValueError, RecursionError, pikepdf.PdfError)


@dataclass(frozen=True, slots=True)
class _Now:
    """Results worked out again, and as JSON."""

    results: Results[Figure]
    questionnaire: Questionnaire
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verification:
    """``statements`` say what made the report. ``altered``: what of the file is not as it was made, as sentences; of
    such a file nothing else is said.

    ``sealed``: whether this installation made the file as it is. ``matches``: whether every figure and word follows
    from what is stored. ``not_compared``: why they could not be compared, "" where they were. ``parts``: what differs,
    where saying so tells no answer of few people. ``changes`` say in plain words what changed since. ``made_with``: the
    software that made it. ``final``: whether the report says that it is final; ``frozen``: the file that it is, byte
    for byte, where it was kept as part of a final report.
    """

    statements: tuple[tuple[str, str], ...]
    made_with: str
    final: bool
    altered: tuple[str, ...] = ()
    sealed: bool = False
    matches: bool = False
    same_data: bool = False
    not_compared: str = ""
    parts: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    frozen: FrozenFile | None = None

    @property
    def cause(self) -> str:
        """Why the report does not match, in one sentence or two."""
        if not self.same_data:
            return "The stored answers have changed since the report was made."
        if not self.sealed:
            return (
                "The stored answers are the same, and it carries no seal of this installation: it was altered, or "
                "settings or the software are others now."
            )
        if self.changes:
            return "What it is made from has changed since the report was made."
        if self.made_with != software():
            return f"The stored answers are the same. {self.made_with} made the report, and this is {software()}."
        return "The stored answers are the same. Settings, or what other reports have shown since, are not."

    @property
    def genuine(self) -> bool:
        """Whether the file is the kept one, where it says that it is final."""
        return self.frozen is not None or not self.final


def verify(
    session: Session, pdf: bytes, *, organisation: str | None = None, secrets: Sequence[str] = ()
) -> Verification:
    """Work out the figures of a report again, with its own filters, and compare.

    ``organisation``: as for ``disclosed_results``. ``secrets`` of the installation, former ones too, tell its own files
    from others. NotVerifiable for a file without provenance, an unknown survey, or filters that are refused today.
    """
    carried = read_provenance(pdf)
    try:
        reported, commentary = carried["results"], carried.get("commentary")
        said = Verification(
            statements=_statements(carried, reported),
            made_with=str(carried.get("software")),
            final=commentary is not None and commentary["state"] == "final",
            altered=changed_pages(pdf, carried),
        )
        holds = seal_holds(carried, secrets)
    except _Faults as error:
        raise NotVerifiable(INCOMPLETE) from error
    if holds is False:
        said = replace(said, altered=(_SEAL_BROKEN, *said.altered))
    if said.altered:
        return said
    try:
        slug, filters = reported["survey"]["slug"], _filters(reported["filters"])
        at = datetime.datetime.fromisoformat(reported["generated_at"])
        survey = find_survey(session, slug=slug, organisation=organisation)
        now, refused = _worked_out_again(session, slug=slug, organisation=organisation, filters=filters, at=at)
    except (KeyError, TypeError, AttributeError) as error:
        raise NotVerifiable(INCOMPLETE) from error
    except (SurveyNotFound, RequestRefused, ValueError) as fault:
        raise NotVerifiable(f"The figures cannot be worked out again: {fault}.") from fault
    digest = hashlib.sha256(pdf).hexdigest()
    frozen = next((one for one in frozen_files(session, survey=survey) if one.sha256 == digest), None)
    said = replace(said, frozen=frozen, sealed=bool(holds) or frozen is not None, not_compared=refused)
    try:
        editions = editions_of(session, survey=survey) if commentary is not None else ()
        if now:
            said = _compared(said, carried, now, editions)
        if commentary is not None and said.sealed:
            said = replace(said, changes=said.changes + commentary_changed(commentary, editions))
    except _Faults as error:
        raise NotVerifiable(INCOMPLETE) from error
    return said


def _compared(said: Verification, carried: dict[str, Any], now: _Now, editions: tuple[Edition, ...]) -> Verification:
    """What the comparison may say. A file that anybody may have written is compared as a whole, and only where the
    stored answers are known to be its own: else it could be made to ask for one present figure after another. So could
    reports of ever other people, each made beforehand, ask who the next person is.
    """
    reported = carried["results"]
    same_data = reported.get("data_fingerprint") == now.document["data_fingerprint"]
    said = replace(said, same_data=same_data, changes=what_changed(reported, now.document) if said.sealed else ())
    if not same_data and not said.sealed:
        return replace(said, not_compared=_UNPROVEN)
    if not same_data and reported["filters"]["where"]:
        return replace(said, not_compared=_ABOUT_SOME)
    parts = differing_parts(reported, now.document)
    if not parts and "commentary" in carried and not _same_words(carried, editions, now):
        parts = (_WORDS,)
    may_be_told = said.sealed and (same_data or many_more(reported, now.document))
    return replace(said, matches=not parts, parts=parts if may_be_told else ())


def _worked_out_again(
    session: Session, *, slug: str, organisation: str | None, filters: Filters, at: datetime.datetime
) -> tuple[_Now | None, str]:
    """The results as they are now; None with the reason where too few people answered since to show any."""
    try:
        results = disclosed_results(session, slug=slug, organisation=organisation, filters=filters, at=at)
    except WaitForMore as refused:
        return None, str(refused)
    questionnaire = reported_questionnaire(session, slug=slug, organisation=organisation, results=results)
    # Through JSON and back, so that both sides have the same types.
    return _Now(results, questionnaire, json.loads(json.dumps(to_json(results, questionnaire)))), ""


def _same_words(carried: dict[str, Any], editions: tuple[Edition, ...], now: _Now) -> bool:
    """Whether the words that a report carries are those of its edition with the same figures filled in.

    Words of an edition that was written in since cannot be compared; ``commentary_changed`` says so.
    """
    commentary = carried["commentary"]
    edition = next((one for one in editions if one.number == commentary["edition"]), None)
    if edition is None or edition.texts.digest() != commentary["digest"]:
        return True
    # The days of its states depend on a time zone that only the settings know.
    figures = SurveyFigures(now.results, now.questionnaire, str(carried["language"]))
    again = json.loads(json.dumps(commentary_to_json(written(edition, figures, time_zone="UTC"))))
    states = [(one.state, one.person) for one in edition.history]
    # Whether a report that calls itself final is the final one is not for its words to say.
    known = commentary["state"] == "final" or (commentary["state"], commentary["state_by"]) in states
    return known and all(alike(commentary[part], again[part]) for part in ("front", "summary", "advised"))


def _filters(document: dict[str, Any]) -> Filters:
    def day(text: str | None) -> datetime.date | None:
        return datetime.date.fromisoformat(text) if text else None

    return Filters(
        since=day(document["since"]),
        until=day(document["until"]),
        where=tuple((pair["field"], pair["value"]) for pair in document["where"]),
        by=document["by"],
        # Reports made before mentions were counted do not name it.
        mentions_base=document.get("mentions_base", "commented"),
    )


def _statements(carried: dict[str, Any], reported: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    filters = reported["filters"]
    chosen = [f"{pair['field']}={pair['value']}" for pair in filters["where"]]
    chosen += [f"{name} {filters[name]}" for name in ("since", "until", "by") if filters[name]]
    return (
        ("Survey", str(reported["survey"]["slug"])),
        ("Questionnaire", f"version {', '.join(map(str, reported['versions']))}"),
        ("Filters", ", ".join(chosen) or "none"),
        ("Data cut-off", str(reported["generated_at"])),
        ("Fingerprint", str(reported.get("data_fingerprint"))),
        *_of_commentary(carried.get("commentary")),
        ("Made with", str(carried.get("software"))),
    )


def _of_commentary(commentary: dict[str, Any] | None) -> list[tuple[str, str]]:
    if commentary is None:
        return []
    state = str(commentary["state"]).replace("_", " ")
    since = f"since {commentary['state_on']} by {commentary['state_by']}"
    return [
        ("Commentary", f"edition {commentary['edition']}, {state} {since}"),
        ("Digest of the commentary", str(commentary["digest"])),
    ]
