"""The steps from an idea to a published survey, and how far each of them is: worked out anew each time."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from surveys.preparation import Preparation
from surveys.question_bank import topics
from surveys.questionnaire import Questionnaire, Text
from surveys.questionnaire_rules import check_rules
from surveys.readiness import asks_for_comments
from surveys.wording.basics import FEWEST_DAYS

Status = Literal["not_started", "in_progress", "needs_attention", "ready"]


@dataclass(frozen=True, slots=True)
class Task:
    """One step: ``address`` is below the survey's own, ``says`` why it is not ready or what it holds."""

    address: str
    title: str
    status: Status
    says: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a design does not hold itself.

    ``open_places``: collectors that take answers. ``languages_behind``: how many further languages are not ready.
    ``must`` keeps the survey back, ``should`` may stand with a reason: how many of each the checks find.
    ``was_tried``: somebody looked at it since its last change. ``published`` and ``changed``: whether the survey was
    ever published, and whether the design says something else by now.
    """

    today: datetime.date
    open_places: int
    documents: int
    languages_behind: int
    must: int
    should: int
    was_tried: bool
    published: bool
    changed: bool


def tasks_of(questionnaire: Questionnaire, preparation: Preparation, facts: Facts) -> tuple[Task, ...]:
    """Every step in the order in which an officer takes them."""
    return (
        _themes(questionnaire),
        _questions(questionnaire),
        _about(questionnaire, preparation),
        _dates(questionnaire, preparation, facts.today),
        _people(questionnaire, preparation),
        _equality(questionnaire, preparation, facts.today),
        _audiences(preparation),
        _documents(facts),
        _places(facts),
        _languages(questionnaire, facts),
        _preview(preparation, facts),
        _checks(facts),
        _publishing(facts),
    )


def next_task(tasks: Collection[Task]) -> Task | None:
    """The one to do now: the first that is not ready and that a survey cannot do without; None when all is done."""
    waiting = [task for task in tasks if task.status != "ready" and not task.optional]
    faulty = [task for task in waiting if task.address != "checks" or task.status == "needs_attention"]
    return next(iter(faulty), None)


def _themes(questionnaire: Questionnaire) -> Task:
    themes = questionnaire.themes
    if not themes and not questionnaire.ask_about_each_theme:
        return Task("themes", "Themes", "ready", "This survey asks questions without themes", optional=True)
    if not themes:
        return Task("themes", "Themes", "not_started", "Import a document, or write the themes yourself")
    blank = sum(not all(_has(text) for text in (one.title, one.plain_title, one.explanation)) for one in themes)
    says = "1 theme" if len(themes) == 1 else f"{len(themes)} themes"
    if blank == len(themes):
        return Task("themes", "Themes", "not_started", f"{says}, without words")
    if blank:
        return Task("themes", "Themes", "in_progress", f"{says}, {blank} of them not finished")
    return Task("themes", "Themes", "ready", says)


def _questions(questionnaire: Questionnaire) -> Task:
    asked = len(questionnaire.ask_about_each_theme) + sum(len(page.questions) for page in questionnaire.pages)
    if not asked:
        return Task("questions", "Questions", "not_started", "Choose what you ask")
    every = [*questionnaire.ask_about_each_theme, *(each for page in questionnaire.pages for each in page.questions)]
    if any(not _has(each.text) for each in every):
        return Task("questions", "Questions", "in_progress", "A question has no words yet")
    if questionnaire.themes and check_rules(questionnaire):
        return Task("questions", "Questions", "needs_attention", check_rules(questionnaire)[0][1])
    return Task("questions", "Questions", "ready", "1 question" if asked == 1 else f"{asked} questions")


def _about(questionnaire: Questionnaire, preparation: Preparation) -> Task:
    title = "About this survey"
    if preparation.decision_made:
        return Task("about", title, "needs_attention", "You said that the decision is already made")
    about = questionnaire.about
    own = {
        "why you ask": _has(about.purpose),
        "what can change": _has(about.can_change),
        "what cannot change": _has(about.cannot_change),
        "who decides": _has(about.decision),
        "whether the decision is made": preparation.decision_made is not None,
    }
    given = {
        "the title": _has(questionnaire.title),
        "who is asking": _has(questionnaire.organisation),
        "what you will publish": _has(about.outcome_promise),
        "privacy": _has(questionnaire.privacy),
    }
    return _by_parts("about", title, own, given, "Why you ask, and what can change")


def _dates(questionnaire: Questionnaire, preparation: Preparation, today: datetime.date) -> Task:
    title, opens, closes = "Dates", preparation.opens_on, preparation.closes_on
    if closes and closes < today:
        return Task("dates", title, "needs_attention", "The closing date is past")
    if closes and opens and closes < opens:
        return Task("dates", title, "needs_attention", "It closes before it opens")
    if closes and days_to_answer(opens, closes, today) < FEWEST_DAYS and not preparation.short_time_reason:
        return Task("dates", title, "needs_attention", "Under 4 weeks: give a reason")
    own = {"when it closes": closes is not None, "when you publish the outcome": preparation.outcome_on is not None}
    return _by_parts("dates", title, own, {}, f"Closes on {closes:%-d %B %Y}" if closes else "")


def days_to_answer(opens: datetime.date | None, closes: datetime.date, today: datetime.date) -> int:
    """How many days people have, both ends counted; 0 or less where the last day is past."""
    return (closes - (opens or today)).days + 1


def _people(questionnaire: Questionnaire, preparation: Preparation) -> Task:
    reader = bool(preparation.reader_name and preparation.reader_email)
    own = {"whom to contact": _has(questionnaire.about.contact)}
    if asks_for_comments(questionnaire) or reader:
        own["who reads the comments"] = reader
    given = {"where to get help": _has(questionnaire.about.help_line)}
    says = f"{preparation.reader_name} reads the comments" if reader else "Contact and help"
    return _by_parts("people", "People and contacts", own, given, says)


def _equality(questionnaire: Questionnaire, preparation: Preparation, today: datetime.date) -> Task:
    title, chosen = "Questions about the person", questionnaire.equality
    bank = topics()
    if "gender_identity" in chosen and not preparation.privacy_approved_by:
        says = "Gender identity needs your data protection officer"
        return Task("equality", title, "needs_attention", says, optional=True)
    if overdue := [bank[name].title.in_language("en") for name in chosen if name in bank and bank[name].review < today]:
        says = f"The wording is due for review: {', '.join(overdue)}"
        return Task("equality", title, "needs_attention", says, optional=True)
    says = f"{len(chosen)} {'topic' if len(chosen) == 1 else 'topics'}, asked after sending" if chosen else "None"
    return Task("equality", title, "ready", says, optional=True)


def _audiences(preparation: Preparation) -> Task:
    title, planned = "Whom you want to hear from", preparation.planned_audiences
    if not planned:
        return Task("audiences", title, "not_started", "Groups, and how many people of each", optional=True)
    people = sum(number for _, number in planned)
    groups = "1 group" if len(planned) == 1 else f"{len(planned)} groups"
    return Task("audiences", title, "ready", f"{groups}, {people:,} people", optional=True)


def _documents(facts: Facts) -> Task:
    title = "Documents to read"
    if not facts.documents:
        return Task("documents", title, "not_started", "A summary for the first page", optional=True)
    return Task("documents", title, "ready", f"{facts.documents} on the first page", optional=True)


def _places(facts: Facts) -> Task:
    if not facts.open_places:
        return Task("share", "Where to share", "not_started", "Each place gets a code for its poster")
    places = "1 place" if facts.open_places == 1 else f"{facts.open_places} places"
    return Task("share", "Where to share", "ready", f"{places} with a code")


def _languages(questionnaire: Questionnaire, facts: Facts) -> Task:
    title, further = "Languages", [code for code in questionnaire.languages if code != questionnaire.language]
    if facts.languages_behind:
        behind = facts.languages_behind
        says = "1 language is not ready" if behind == 1 else f"{behind} languages are not ready"
        return Task("editions", title, "needs_attention", says, optional=True)
    says = f"{len(further)} besides your own" if further else "One language"
    return Task("editions", title, "ready", says, optional=True)


def _preview(preparation: Preparation, facts: Facts) -> Task:
    if facts.was_tried:
        return Task("preview", "Try it", "ready", "You have tried it as it is now")
    if preparation.previewed is None:
        return Task("preview", "Try it", "not_started", "Look at it as people will, on your own phone")
    return Task("preview", "Try it", "needs_attention", "It has changed since somebody tried it")


def _checks(facts: Facts) -> Task:
    if facts.must:
        says = "1 thing to put right" if facts.must == 1 else f"{facts.must} things to put right"
        return Task("checks", "Checks", "needs_attention", says)
    if facts.should:
        says = "1 thing to look at" if facts.should == 1 else f"{facts.should} things to look at"
        return Task("checks", "Checks", "in_progress", says)
    return Task("checks", "Checks", "ready", "Nothing was found")


def _publishing(facts: Facts) -> Task:
    if not facts.published:
        return Task("publish", "Publish", "not_started", "Nobody can see the survey yet")
    if facts.changed:
        return Task("publish", "Publish", "needs_attention", "You have changes that are not published")
    return Task("publish", "Publish", "ready", "People get what you see here")


def _by_parts(address: str, title: str, own: dict[str, bool], given: dict[str, bool], done: str) -> Task:
    """A step by its parts: ``own`` are those that nothing fills in beforehand."""
    missing = [name for name, there in (*own.items(), *given.items()) if not there]
    if not missing:
        return Task(address, title, "ready", done)
    says = f"Still to say: {_joined(missing)}"
    return Task(address, title, "in_progress" if any(own.values()) else "not_started", says)


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _has(text: Text | None) -> bool:
    return text is not None and bool(text.by_language[0][1].strip())
