"""What each role is for, in words for whoever gives it."""

from __future__ import annotations

from engage.access.permissions import Role

ROLE_NAMES: dict[Role, str] = {
    "viewer": "Viewer",
    "patient_partner": "Patient partner",
    "analyst": "Analyst",
    "triage": "Triage",
    "safeguarding": "Safeguarding lead",
    "editor": "Editor",
    "publisher": "Publisher",
    "officer": "Officer",
    "administrator": "Administrator",
}

ROLE_SENTENCES: dict[Role, str] = {
    "viewer": "Reads results. Changes nothing.",
    "patient_partner": "A patient or carer who reads surveys before they go live, and says what could be clearer.",
    "analyst": "Reads results, watches surveys that are running, codes comments and makes reports.",
    "triage": "Reads comments as they come in, passes on what is urgent, and removes answers that do not belong.",
    "safeguarding": "Acts on comments that somebody may be at risk: reads them as they were written, names included.",
    "editor": "Designs surveys, makes posters and watches what comes in. Does not publish.",
    "publisher": "Does all that an editor does, publishes surveys, and downloads sign-ups.",
    "officer": "Runs a survey from its first draft to its report: editor, publisher, analyst and triage in one.",
    "administrator": "Does everything. Also looks after people, organisations and the record of what was done.",
}
