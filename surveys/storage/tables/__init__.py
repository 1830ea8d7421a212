"""Every table, as typed mappings. Import from here: ``from surveys.storage import tables``."""

from surveys.storage.tables.declaring import Base, DraftBase, UtcDateTime
from surveys.storage.tables.drafts import Draft, ReturnCodeTries
from surveys.storage.tables.publishing import (
    Audience,
    Collector,
    Organisation,
    Publication,
    QuestionnaireVersion,
    Survey,
)
from surveys.storage.tables.responses import (
    Comment,
    EqualityAnswer,
    ForeignId,
    ImportBatch,
    Receipt,
    Response,
    ResponseDocument,
    SignUp,
)
from surveys.storage.tables.staff import (
    Account,
    AccountRole,
    AuditEvent,
    Job,
    ResultsSnapshot,
    StaffSession,
    Throttle,
)

__all__ = [
    "Account",
    "AccountRole",
    "Audience",
    "AuditEvent",
    "Base",
    "Collector",
    "Comment",
    "Draft",
    "DraftBase",
    "EqualityAnswer",
    "ForeignId",
    "ImportBatch",
    "Job",
    "Organisation",
    "Publication",
    "QuestionnaireVersion",
    "Receipt",
    "Response",
    "ResponseDocument",
    "ResultsSnapshot",
    "ReturnCodeTries",
    "SignUp",
    "StaffSession",
    "Survey",
    "Throttle",
    "UtcDateTime",
]
