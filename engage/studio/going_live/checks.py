"""The checks of a design: what must be fixed, what should be looked at, what is good to know."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from flask import Response, abort, make_response, redirect, url_for
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Regexp

from engage import clock
from engage.access.guards import requires
from engage.access.signed_in import staff
from engage.access.staff_pages import staff_page
from engage.audit.events import AcceptanceTakenBack, Event, WarningAccepted, record
from engage.services import services
from engage.studio.editions.names import english_name
from engage.studio.going_live.editing_places import editing_address
from engage.studio.going_live.standing import colour_of, today
from engage.studio.opening import DesignForm, Opened, open_design
from surveys.designing import Acceptance, Content, EditedMeanwhile, save_design
from surveys.wording import CHECKS, Check, Finding, Severity, estimated_minutes, findings, is_accepted

GROUPS: tuple[tuple[Severity, str, str], ...] = (
    ("must", "Must fix", "The survey cannot go live before these are put right."),
    ("should", "Should look at", "Change these, or leave them as they are and say why."),
    ("info", "Good to know", "You need not do anything about these."),
)
LANGUAGES = ("Languages that are not ready", "The survey can go live without them.")


class AcceptForm(DesignForm):
    """What is sent beside a finding: which one, and why it stands."""

    act = HiddenField(validators=[AnyOf(["accept", "take back"])])
    finding = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9]{1,2} \S{1,200} [0-9a-f]{16}$")])
    reason = StringField("Why does it stay as it is?", [Length(max=300, message="Use 300 characters or fewer")])


Key = tuple[int, str, str]
"""Of a finding: its check, its place and the digest of its words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A finding on the page, with where it is edited and how it was accepted."""

    key: str
    number: int
    finding: Finding
    address: str
    accepted: Acceptance | None

    @property
    def where(self) -> str:
        """What the finding is about, with a language by its name."""
        return f"The edition in {english_name(self.finding.edition)}" if self.finding.edition else self.finding.where


@requires("design_surveys")
def show_checks(slug: str) -> Response:
    """Everything that the checks find now."""
    opened = open_design(slug)
    return _page(opened, AcceptForm(formdata=None))


@requires("design_surveys")
def accept(slug: str) -> Response:
    """Let a finding stand with a reason, or take that back. What changed meanwhile is simply shown as it is now."""
    opened, form = open_design(slug), AcceptForm()
    if not form.is_sent():
        if not form.reason.errors:
            abort(400)
        return _page(opened, form)
    lines = {line.key: line for line in _lines(opened)}
    line = lines.get(str(form.finding.data))
    if line is not None and line.finding.acceptable:
        if form.act.data == "accept" and len((form.reason.data or "").strip()) < 3:
            form.reason.errors = ["Say in a few words why it stays as it is"]
            return _page(opened, form)
        current = {(one.finding.check, one.finding.place, one.finding.digest) for one in lines.values()}
        _save(opened, line.finding, str(form.act.data), (form.reason.data or "").strip(), current)
    anchor = f"finding-{line.number}" if line else None
    return make_response(redirect(url_for("going_live.show_checks", slug=slug, _anchor=anchor), 303))


def _page(opened: Opened, form: AcceptForm) -> Response:
    lines = _lines(opened)
    about = next((line.number for line in lines if line.key == form.finding.data), 0)
    errors = {f"reason-{about}": form.reason.errors[0]} if form.reason.errors else {}
    full, _ = estimated_minutes(opened.design.questionnaire)
    form.revision.data = str(opened.design.revision)
    page = staff_page(
        "studio/going_live/checks.html",
        survey=opened.survey,
        design=opened.design,
        form=form,
        errors=errors,
        minutes=max(1, -int(-full // 1)),
        groups=[(title, says, _waiting(chosen), _by_check(chosen)) for title, says, chosen in _groups(lines)],
        held_back=any(
            line.finding.edition is None for line in lines if line.finding.severity == "must" and not line.accepted
        ),
        typed=(about, form.reason.data or ""),
    )
    return make_response(page, 422 if errors else 200)


def _groups(lines: list[Line]) -> Iterator[tuple[str, str, list[Line]]]:
    """By severity; what holds back one language alone stands apart, because the survey goes live without it."""
    for severity, title, says in GROUPS:
        yield title, says, [line for line in lines if line.finding.severity == severity and not line.finding.edition]
        if severity == "must":
            yield *LANGUAGES, [line for line in lines if line.finding.edition]


def _waiting(lines: list[Line]) -> int:
    return sum(not line.accepted for line in lines)


def _by_check(lines: list[Line]) -> list[tuple[Check, list[Line]]]:
    """Those of a check together, so that its reason is said once."""
    return [(CHECKS[check], list(together)) for check, together in groupby(lines, key=lambda line: line.finding.check)]


def _lines(opened: Opened) -> list[Line]:
    design = opened.design
    found = findings(
        design.questionnaire, design.preparation, today=today(), colour=colour_of(opened.survey.organisation_id)
    )
    # The order of the numbers keeps those of one check together.
    found = tuple(sorted(found, key=lambda finding: finding.check))
    return [
        Line(
            _key(finding),
            number,
            finding,
            editing_address(opened.survey.slug, finding.place),
            is_accepted(finding, design.preparation.accepted),
        )
        for number, finding in enumerate(found, 1)
    ]


def _key(finding: Finding) -> str:
    return f"{finding.check} {finding.place} {finding.digest}"


def _save(opened: Opened, finding: Finding, act: str, reason: str, current: Collection[Key]) -> None:
    who, at = staff(), clock.now()
    slug = opened.survey.slug
    acceptance = Acceptance(finding.check, finding.place, reason, who.email, today(), finding.digest)
    event: Event = AcceptanceTakenBack(slug, finding.check, finding.place)
    says = f"{finding.title} looked at again"
    if act == "accept":
        event, says = WarningAccepted(slug, finding.check, finding.place, reason), f"{finding.title} left as it is"

    def change(content: Content) -> Content:
        # What was accepted of words that are gone goes with them.
        keys = set(current) - {(finding.check, finding.place, finding.digest)}
        others = tuple(one for one in content.preparation.accepted if (one.check, one.place, one.digest) in keys)
        kept = (*others, acceptance) if act == "accept" else others
        return Content(content.questionnaire, replace(content.preparation, accepted=kept))

    with services().database.writing() as session:
        try:
            save_design(
                session,
                survey=session.merge(opened.survey, load=False),
                seen=opened.design.revision,
                # Whatever else changed meanwhile, one more acceptance fits beside it.
                part=lambda content: None,
                change=change,
                says=says,
                at=at,
                by=who.email,
            )
        except EditedMeanwhile:
            return
        record(session, event, organisation_id=who.organisation_id, by=who.email, at=at)
