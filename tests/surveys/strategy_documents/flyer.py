"""A flyer like those that trusts hand out: eight official titles, explanations of our own, and what stands around."""

from __future__ import annotations

from tests.surveys.strategy_documents.written import Piece, bold, header, heading, item, picture, row, text, title

THEMES = (
    (
        "Reduce elective backlogs and achieve national standards",
        (
            "Many people still wait too long to find out whether they have cancer. We want tests to be offered "
            "sooner and results to come back faster. We also want treatment to start without delay, so that our "
            "hospitals meet the waiting times which the country has set for everybody who needs care."
        ),
    ),
    (
        "Effective forecasting for sustainable services",
        (
            "Each year more people in our area will need care for cancer. We have to know early how many nurses, "
            "doctors, beds and machines that will take, and where they should be. Good plans made now mean that "
            "our services can cope in ten years as well."
        ),
    ),
    (
        "New care models to improve utilisation of the Trusts estate and resources",
        (
            "We look at new ways to find cancer early and to treat people nearer to where they live. Rooms and "
            "machines should be used every day, and one visit should be enough for several tests."
        ),
    ),
    (
        "Collaboration with system partners to maximise our collective resources",
        (
            "No hospital can do all this by itself. We work with family doctors, pharmacies, charities and the "
            "other hospitals of our region: they share what they know, their staff and their equipment. When we "
            "plan together, people meet one team instead of many, they tell their story only once, and nobody is "
            "sent from one place to another without a good reason."
        ),
    ),
    (
        "Translate research and innovation into better patient outcomes",
        (
            "Research finds better medicines and gentler operations. We want more people to have the chance to "
            "take part in studies, wherever they live. With universities and companies we bring proven ideas into "
            "daily care more quickly, so that patients recover sooner and live longer and better lives after "
            "cancer."
        ),
    ),
    (
        "Use digital technologies to improve efficiency and service delivery",
        (
            "Technology can make care simpler for patients and for staff. Appointments by video save long "
            "journeys; records that every team can open save repeated questions; computers help doctors to read "
            "scans. We will always keep other ways open for people who do not want to use the internet, or who "
            "cannot, and we will train everybody who works with it."
        ),
    ),
    (
        "Reduce health inequalities in access to and outcomes from cancer services",
        (
            "Where people live, how much they earn or which language they speak should not decide how well they "
            "are cared for. We will go to communities which find our services hard to reach, listen to them, and "
            "offer checks, help to stop smoking and clear information that everybody can understand."
        ),
    ),
    (
        "Increase the workforce and skills mix of staff",
        (
            "More people with cancer means that we need more people to care for them. We will train new "
            "colleagues, help those we have to learn more, and share the work out in new ways so that skills are "
            "used well."
        ),
    ),
)

TITLES = [title for title, _ in THEMES]

BEFORE = (
    title("Our cancer strategy"),
    text("We are writing a new strategy for cancer care. It says what we want to do in the next five years."),
    text("Eight themes came out of our first talks. Please read them and tell us which matter most to you."),
    picture("[image: A nurse talks with a patient in the waiting room]"),
)
AFTER = (
    text("http://survey.example.org/q1jr0y"),
    picture("Scan the QR code to open the survey"),
    text("On the final page you will find a link to sign up for our workshop in the spring."),
)


def numbered(mark: str = "{}: {}") -> list[Piece]:
    """The flyer as it is handed out: a number, a colon and the title, with a paragraph below."""
    pieces = [*BEFORE]
    for number, (name, explanation) in enumerate(THEMES, 1):
        pieces += [text(mark.format(number, name)), text(explanation)]
    return [*pieces, *AFTER]


def headings() -> list[Piece]:
    pieces = [*BEFORE, heading("Introduction"), text("A strategy is a promise about the years to come.")]
    pieces += [heading("Our themes")]
    for name, explanation in THEMES:
        pieces += [heading(name, 2), text(explanation)]
    return [*pieces, heading("Have your say"), *AFTER]


def bold_lines() -> list[Piece]:
    pieces = [*BEFORE]
    for name, explanation in THEMES:
        pieces += [bold(name), text(explanation)]
    return [*pieces, *AFTER]


def table(*, with_numbers: bool = False) -> list[Piece]:
    first = ("No.",) if with_numbers else ()
    pieces = [*BEFORE, header(*first, "Theme", "What this means")]
    for number, (name, explanation) in enumerate(THEMES, 1):
        pieces.append(row(*((str(number),) if with_numbers else ()), name, explanation))
    return [*pieces, *AFTER]


def sub_headings() -> list[Piece]:
    pieces = [*BEFORE]
    for number, (name, explanation) in enumerate(THEMES, 1):
        pieces += [heading(f"Theme {number} – {name}"), text(explanation)]
        pieces += [heading("What we will do", 2), item("Start in the spring."), item("Report every year.")]
    return [*pieces, heading("Next steps"), *AFTER]
