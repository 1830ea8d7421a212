"""Where an officer edits what a check or the gate found."""

from __future__ import annotations

from surveys.designing.finding import EACH

_PAGES = {
    "about.contact": "people#contact",
    "about.help_line": "people#help_line",
    "about.closing": "dates#closing",
    "preparation.closes_on": "dates#closes_on",
    "preparation.outcome_on": "dates#outcome_on",
    "preparation.decision_made": "about#decision_made",
    "preparation.reader_name": "people#reader_name",
    "preparation.poster_promises": "share/words",
    "title": "about#title",
    "organisation": "about#organisation",
    "audience": "about#audience",
    "privacy": "about#privacy",
    "length": "questions",
    "languages": "editions",
    "preview": "preview",
}
_FOLDERS = {
    "other_ways": "people",
    "sign_up": "people",
    "partners": "people#partners",
    "pages": "questions",
    "equality": "equality",
}


def editing_address(slug: str, place: str) -> str:
    """The page on which the text or setting at ``place`` (a key as in ``Finding``) is edited."""
    if place == "organisation.colour":
        return "/staff/organisation"
    head, _, rest = place.partition(".")
    name = rest.split(".")[0]
    page = _PAGES.get(place) or _FOLDERS.get(head)
    if page is None and head == "about":
        page = f"about#{name}"
    elif page is None and head in ("themes", "editions", "scales") and name:
        page = f"{head}/{name}"
    elif page is None and head == "ask_about_each_theme" and name:
        page = f"questions/{EACH}{name}"
    elif page is None and head == "questions" and name:
        page = f"questions/{name}"
    return f"/staff/surveys/{slug}/{page or 'questions'}"
