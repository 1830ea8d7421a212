"""Does a report still follow from the stored answers? The figures inside its PDF are worked out again and compared.

So are the officer's words, which are filled in again, and each page, of which the PDF carries a digest.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from sqlalchemy.orm import Session

from reports.commentary import written
from reports.commentary_json import commentary_to_json
from reports.page_digests import changed_pages
from reports.people import RequestRefused
from reports.provenance import ATTACHMENT, FORMAT, software
from reports.published_counts import WaitForMore
from reports.request import disclosed_results, reported_questionnaire
from reports.results_json import to_json
from reports.survey_figures import SurveyFigures
from reports.tabulation import Figure, Filters, Results
from reports.what_changed import commentary_changed, what_changed
from surveys.commentary.editions import Edition, editions_of
from surveys.commentary.freezing import FrozenFile, frozen_files
from surveys.publishing import SurveyNotFound, find_survey
from surveys.questionnaire import Questionnaire

_LARGEST_ATTACHMENT = 64 * 1024**2
NO_FIGURES = (
    "This PDF carries no figures of Engage. Give the file as 'engage report' or the staff pages made it; printing or "
    "saving it anew drops them."
)
INCOMPLETE = "The figures inside this PDF are incomplete. The file was changed or damaged."
# Facts about the making of the report, not figures of the survey.
_NOT_COMPARED = frozenset({"generated_at", "data_fingerprint", "method"})


class NotVerifiable(ValueError):
    """The file cannot be verified; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class _Now:
    """Results worked out again, and as JSON."""

    results: Results[Figure]
    questionnaire: Questionnaire
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verification:
    """``differences`` name each figure that differs, with both values; ``statements`` say what made the report.

    ``not_compared``: why the figures could not be compared, "" where they were. ``changes`` say in plain words what
    changed since. ``pages``: what of the file is not as it was made, as sentences. ``made_with``: the software that
    made it. ``final``: whether the report says that it is final; ``frozen``: the file that it is, byte for byte, where
    it was kept as part of a final report.
    """

    differences: tuple[str, ...]
    not_compared: str
    same_data: bool
    statements: tuple[tuple[str, str], ...]
    changes: tuple[str, ...]
    pages: tuple[str, ...]
    made_with: str
    final: bool
    frozen: FrozenFile | None

    @property
    def matches(self) -> bool:
        """Whether every figure and word of the report follows from what is stored."""
        return not self.differences and not self.not_compared

    @property
    def cause(self) -> str:
        """Why figures differ, in one sentence."""
        if not self.same_data:
            return "The stored answers have changed since the report was made."
        if self.changes:
            return "What it is made from has changed since the report was made."
        if self.made_with != software():
            return (
                f"The stored answers are the same. {self.made_with} made the report and this is {software()}, which "
                "may count differently; or the report was changed."
            )
        return "The stored answers and the software are the same, so what is inside the report was changed."

    @property
    def genuine(self) -> bool:
        """Whether the file is the kept one, where it says that it is final."""
        return self.frozen is not None or not self.final


def read_provenance(pdf: bytes) -> dict[str, Any]:
    """What a report's PDF carries about itself. NotVerifiable for any other file."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if ATTACHMENT not in document.attachments:
                raise NotVerifiable(NO_FIGURES)
            content = document.attachments[ATTACHMENT].get_file().read_bytes()
    except pikepdf.PdfError as error:
        raise NotVerifiable(_unreadable(pdf)) from error
    if len(content) > _LARGEST_ATTACHMENT:
        raise NotVerifiable("The file inside this PDF is far larger than Engage makes it.")
    try:
        carried = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotVerifiable("The figures inside this PDF cannot be read. The file was changed or damaged.") from error
    if not isinstance(carried, dict) or carried.get("format") != FORMAT:
        raise NotVerifiable("The figures inside this PDF are of a form that this version of Engage does not know.")
    return carried


def _unreadable(content: bytes) -> str:
    """Why a file that is no readable PDF cannot be verified, by what it seems to be."""
    start = content[:4096].lstrip().lower()
    kinds = {
        "a web page": start.startswith((b"<!doctype html", b"<html")),
        "a Word file": content.startswith(b"PK") and b"word/" in content,
        "a spreadsheet": content.startswith(b"PK") and b"xl/" in content,
    }
    kind = next((kind for kind, is_it in kinds.items() if is_it), None)
    if kind is None:
        return "This is not a PDF that can be read, or it is protected by a password."
    return (
        f"This is {kind}, and not one that was kept with a final report. It carries nothing that can be verified: "
        "verify the PDF of the same report."
    )


def verify(session: Session, pdf: bytes, *, organisation: str | None = None) -> Verification:
    """Work out the figures of a report again, with its own filters, and compare.

    ``organisation``: as for ``disclosed_results``. NotVerifiable for a file without provenance, an unknown survey, or
    filters that are refused today.
    """
    carried = read_provenance(pdf)
    try:
        reported = carried["results"]
        slug, filters = reported["survey"]["slug"], _filters(reported["filters"])
        at = datetime.datetime.fromisoformat(reported["generated_at"])
        survey = find_survey(session, slug=slug, organisation=organisation)
        now, refused = _worked_out_again(session, slug=slug, organisation=organisation, filters=filters, at=at)
    except (KeyError, TypeError, AttributeError) as error:
        raise NotVerifiable(INCOMPLETE) from error
    except (SurveyNotFound, RequestRefused, ValueError) as fault:
        raise NotVerifiable(f"The figures cannot be worked out again: {fault}.") from fault
    commentary, digest = carried.get("commentary"), hashlib.sha256(pdf).hexdigest()
    try:
        changes = what_changed(reported, now.document) if now else ()
        differences = tuple(_differences("", reported, now.document)) if now else ()
        if commentary is not None:
            editions = editions_of(session, survey=survey)
            changes += commentary_changed(commentary, editions)
            if now and not differences:
                differences = tuple(_other_words(commentary, editions, now, str(carried["language"])))
        statements, pages = _statements(carried, reported), changed_pages(pdf, carried)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotVerifiable(INCOMPLETE) from error
    return Verification(
        differences=differences,
        not_compared=refused,
        same_data=now is not None and reported.get("data_fingerprint") == now.document["data_fingerprint"],
        statements=statements,
        changes=changes,
        pages=pages,
        made_with=str(carried.get("software")),
        final=commentary is not None and commentary["state"] == "final",
        frozen=next((one for one in frozen_files(session, survey=survey) if one.sha256 == digest), None),
    )


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


def _other_words(carried: dict[str, Any], editions: tuple[Edition, ...], now: _Now, language: str) -> Iterator[str]:
    """Where the words that a report carries are not those of its edition with the same figures filled in.

    Words of an edition that was written in since cannot be compared; ``commentary_changed`` says so.
    """
    edition = next((one for one in editions if one.number == carried["edition"]), None)
    if edition is None or edition.texts.digest() != carried["digest"]:
        return
    # The days of its states depend on a time zone that only the settings know.
    again = written(edition, SurveyFigures(now.results, now.questionnaire, language), time_zone="UTC")
    document = json.loads(json.dumps(commentary_to_json(again)))
    for part in ("front", "summary", "advised"):
        yield from _differences(f"commentary.{part}", carried[part], document[part])
    states = [(one.state, one.person) for one in edition.history]
    # Whether a report that calls itself final is the final one is not for its words to say.
    if carried["state"] != "final" and (carried["state"], carried["state_by"]) not in states:
        yield f"commentary.state: {carried['state_by']} never made edition {edition.number} {carried['state']}"


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


def _differences(path: str, reported: Any, now: Any) -> Iterator[str]:
    """Every place where two JSON documents differ, as ``themes.fair-care.chosen.n: the report has 150, which does not
    follow``.

    What it would be now is not told: results that are given out are kept, for later ones to be judged by, and nothing
    keeps what verifying says.
    """
    if isinstance(reported, dict) and isinstance(now, dict):
        for key in [*reported, *(key for key in now if key not in reported)]:
            if path or key not in _NOT_COMPARED:
                yield from _differences(f"{path}.{key}" if path else key, reported.get(key), now.get(key))
    elif isinstance(reported, list) and isinstance(now, list) and len(reported) == len(now):
        for place, (one, other) in enumerate(zip(reported, now, strict=True)):
            yield from _differences(f"{path}.{_name(one, place)}", one, other)
    elif not _equal(reported, now):
        yield f"{path}: the report has {_shown(reported)}, which does not follow"


def _name(entry: Any, place: int) -> str:
    """How an entry of a list is named: by its id or field where it has one."""
    if isinstance(entry, dict):
        for key in ("id", "field", "key"):
            if isinstance(entry.get(key), str):
                return str(entry[key])
    return str(place + 1)


def _equal(reported: Any, now: Any) -> bool:
    if isinstance(reported, float | int) and isinstance(now, float | int):
        # Another processor may add in another order; a person more or less is far beyond this.
        return math.isclose(reported, now, rel_tol=1e-9, abs_tol=1e-12)
    return bool(reported == now)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."
