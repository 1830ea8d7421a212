"""The files of rules: what they must say, and what a faulty one is told."""

from pathlib import Path

import pytest

from surveys.triage import TOPICS
from surveys.triage.phrases import RULES, RulesFault, languages, met_in, read_rules

HEAD = "language: en\ncomplete: true\nnegators: [not]\ncarriers: the\ntopics:\n"


def test_english_is_complete_and_no_other_language_claims_to_be() -> None:
    assert {code for code, rules in languages().items() if rules.complete} == {"en"}
    assert {"ar", "cy", "pl", "ur", "pa"} <= set(languages())


@pytest.mark.parametrize("code", sorted(path.stem for path in RULES.glob("*.yaml")))
def test_every_language_has_rules_for_every_topic_and_none_twice(code: str) -> None:
    rules = languages()[code]
    assert {phrase.topic for phrase in rules.phrases} == set(TOPICS)
    said = [(phrase.topic, phrase.line) for phrase in rules.phrases]
    assert len(said) == len(set(said)), sorted(one for one in said if said.count(one) > 1)


@pytest.mark.parametrize("code", sorted(path.stem for path in RULES.glob("*.yaml")))
def test_every_rule_can_be_met(code: str) -> None:
    """A phrase that holds only what negates it, or a word that comparison changes away, would never be."""
    for phrase in languages()[code].phrases:
        words = [next(iter({**step.words, **dict.fromkeys(step.beginnings)})) for step in phrase.steps]
        met = {one.phrase.line for one in met_in(words)}
        assert phrase.group == "figurative" or met, phrase


@pytest.mark.parametrize(
    ("topics", "says"),
    [
        ("  ghosts:\n    phrases: [boo]\n", "ghosts is no topic"),
        ("  abuse:\n    words: [abuse]\n", "holds more than"),
        ("  abuse:\n    phrases: [no]\n", "False is no text; put it in quotation marks"),
        ("  abuse:\n    phrases: ['abuse ..']\n", "must begin and end with a word"),
        ("  abuse:\n    phrases: ['ill-treated']\n", "'ill-treated' is not one word"),
        ("  abuse:\n    phrases: ['a||b']\n", "'' is not one word"),
    ],
)
def test_a_fault_in_a_file_is_told_with_its_place(tmp_path: Path, topics: str, says: str) -> None:
    file = tmp_path / "en.yaml"
    file.write_text(HEAD + topics, "utf-8")
    with pytest.raises(RulesFault, match=r"en\.yaml") as fault:
        read_rules(file)
    assert says in str(fault.value)


def test_a_file_says_which_language_it_is(tmp_path: Path) -> None:
    file = tmp_path / "fr.yaml"
    file.write_text(HEAD + "  abuse:\n    phrases: [abus*]\n", "utf-8")
    with pytest.raises(RulesFault, match=r"language \(fr\)"):
        read_rules(file)
