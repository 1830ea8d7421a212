"""Noting that an officer has tried a survey: asked for by a button, or shown by sending the test answers."""

from __future__ import annotations

from dataclasses import replace

from engage import clock
from engage.access.forms import StaffForm
from engage.access.signed_in import staff
from engage.services import services
from engage.studio.preview.reading import Preview
from surveys.designing import Content, Design, save_design
from surveys.storage import tables


def mark_tried(preview: Preview) -> None:
    """Note it where the form came from the officer's own session; else nothing happens."""
    if StaffForm().is_sent():
        note_tried(preview.survey, preview.design)


def note_tried(survey: tables.Survey, seen: Design) -> None:
    """Note that somebody has tried the design as it is at the revision ``seen``."""
    who = staff()

    def change(content: Content) -> Content:
        # What was tried stays what it was, whatever others have changed since.
        return replace(content, preparation=replace(content.preparation, previewed=seen.revision))

    with services().database.writing() as session:
        save_design(
            session,
            survey=session.merge(survey, load=False),
            seen=seen.revision,
            part=lambda content: None,
            change=change,
            says="Tried the survey",
            at=clock.now(),
            by=who.email,
        )
