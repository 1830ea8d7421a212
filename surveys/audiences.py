"""The installation's open list of audiences, and how many people a figure about each must rest on."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.organisations import ensure_root
from surveys.storage import tables

DEFAULT_MINIMUM_BASE = 10
STAFF_MINIMUM_BASE = 11
SMALLEST_MINIMUM_BASE = 5

# Staff know one another, so one more of them must have answered.
_PEOPLE = {
    "patients": "Patients",
    "carers": "Carers",
    "public": "Public",
    "patient_groups": "Patient groups and patient participation groups",
    "seldom_heard": "People who are seldom heard",
    "protected_groups": "Groups with protected characteristics",
    "parents": "Parents and guardians",
    "young_people": "Children and young people",
    "care_homes": "People who live in care homes",
    "schools": "Schools and colleges",
    "prisons": "People in prison or custody",
    "workplaces": "Workplaces and employers",
}
_STAFF = {
    "staff": "Staff",
    "staff_nursing": "Staff: nursing and midwifery",
    "staff_medical": "Staff: doctors and dentists",
    "staff_allied_health": "Staff: allied health professionals",
    "staff_scientific": "Staff: scientific and technical",
    "staff_pharmacy": "Staff: pharmacy",
    "staff_care_support": "Staff: clinical support and care assistants",
    "staff_administrative": "Staff: administrative and clerical",
    "staff_estates": "Staff: estates, catering and cleaning",
    "staff_managers": "Staff: managers",
    "staff_volunteers": "Staff: volunteers",
}
_ORGANISATIONS = {
    "primary_care": "Primary care",
    "out_of_hours": "Out of hours services",
    "community_pharmacy": "Community pharmacy",
    "social_care": "Social care",
    "hospices": "Hospices",
    "partners": "Partners",
    "local_authorities": "Local authorities",
    "public_health": "Public health",
    "health_and_wellbeing_boards": "Health and wellbeing boards",
    "integrated_care_boards": "Integrated care boards",
    "executive_boards": "Executive boards",
    "members_and_governors": "Foundation trust members and governors",
    "clinical_senates": "Clinical senates and networks",
    "healthwatch": "Healthwatch",
    "voluntary_sector": "Voluntary and community organisations",
    "faith_groups": "Faith groups",
    "mps_and_councillors": "MPs and councillors",
    "media": "Media",
}
# (id, label, minimum base), in the order in which they are offered.
SHIPPED = (
    *((id_, label, DEFAULT_MINIMUM_BASE) for id_, label in _PEOPLE.items()),
    *((id_, label, STAFF_MINIMUM_BASE) for id_, label in _STAFF.items()),
    *((id_, label, DEFAULT_MINIMUM_BASE) for id_, label in _ORGANISATIONS.items()),
)
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class AudienceNotFound(ValueError):
    """No audience has this id; the message lists those that exist."""


def ensure_shipped(session: Session) -> None:
    """Make the shipped audiences that do not exist yet; what an installation changed is left alone."""
    existing = set(session.scalars(select(tables.Audience.id)))
    missing = [entry for entry in SHIPPED if entry[0] not in existing]
    if not missing:
        return
    root = ensure_root(session)
    for id_, label, minimum_base in missing:
        session.add(tables.Audience(id=id_, organisation_id=root.id, label=label, minimum_base=minimum_base))
    session.flush()


def audience_choices(session: Session) -> list[tuple[str, str]]:
    """(id, label) of every audience there is or will be, the shipped ones first and in their order; only reads."""
    stored = {row.id: row.label for row in session.scalars(select(tables.Audience).order_by(tables.Audience.label))}
    shipped = {id_: stored.get(id_, label) for id_, label, _ in SHIPPED}
    return [*shipped.items(), *((id_, label) for id_, label in stored.items() if id_ not in shipped)]


def is_staff(audience_id: str) -> bool:
    """Whether an audience is staff, or one group of them: its id is ``staff`` or begins with ``staff_``."""
    return audience_id == "staff" or audience_id.startswith("staff_")


def find_audience(session: Session, *, audience_id: str) -> tables.Audience:
    """The audience with this id, in any case and with spaces for underscores. AudienceNotFound lists the others."""
    ensure_shipped(session)
    wanted = audience_id.strip().lower().replace(" ", "_")
    audience = session.get(tables.Audience, wanted)
    if audience is None:
        known = ", ".join(session.scalars(select(tables.Audience.id).order_by(tables.Audience.id)))
        raise AudienceNotFound(f"there is no audience {audience_id!r}; there are {known}")
    return audience


def add_audience(
    session: Session, *, audience_id: str, label: str, minimum_base: int = DEFAULT_MINIMUM_BASE
) -> tables.Audience:
    """Add an entry to the list. ValueError for an id that is taken or malformed, or a base below the floor of 5."""
    if not _ID.fullmatch(audience_id):
        raise ValueError("an audience's id is lower-case letters, digits, _ and -, and starts with a letter or digit")
    if minimum_base < SMALLEST_MINIMUM_BASE:
        raise ValueError(f"a minimum base below {SMALLEST_MINIMUM_BASE} people would show who said what")
    ensure_shipped(session)
    if session.get(tables.Audience, audience_id) is not None:
        raise ValueError(f"there is an audience {audience_id!r} already")
    root = ensure_root(session)
    audience = tables.Audience(id=audience_id, organisation_id=root.id, label=label, minimum_base=minimum_base)
    session.add(audience)
    session.flush()
    return audience
