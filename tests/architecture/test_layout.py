"""What lies where, and which words must not."""

import re

from tests.architecture import sources

TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".env.example",
    ".gitattributes",
    ".gitignore",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "Procfile",
    "README.md",
    "benchmarks",
    "complaints",
    "compose.yaml",
    "constraints.txt",
    "deploy",
    "docs",
    "locale",
    "manage.py",
    "neutrality",
    "pledges",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements.txt",
    "static",
    "templates",
    "tests",
}
VAGUE = {"utils", "helpers", "common", "misc"}
# Written in pieces, so that this file does not hold what it forbids.
REGISTRIES = ["pypi" + ".org", "python" + "hosted", "npmjs" + ".org", "deb" + ".debian.org"]
FOREIGN_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/\w")
UNFINISHED = re.compile(
    r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|lorem ip" + r"sum)\b", re.IGNORECASE
)
SEEDS = {".csv"}


def offenders(pattern, paths):
    return [str(path) for path in paths if re.search(pattern, sources.text(path))]


def test_the_top_level_holds_what_the_design_says():
    assert {path.parts[0] for path in sources.files()} - TOP_LEVEL == set()


def test_no_module_has_a_name_that_says_nothing():
    names = {part.removesuffix(".py") for path in sources.modules() for part in path.parts}

    assert names & VAGUE == set()


def test_no_file_names_the_host_of_a_package_registry():
    assert offenders("|".join(map(re.escape, REGISTRIES)), sources.files()) == []


def test_no_file_names_a_folder_of_somebody_s_machine():
    assert offenders(FOREIGN_PATH, sources.files()) == []


def test_nothing_is_left_for_later():
    paths = [path for path in sources.files() if path.suffix not in SEEDS]

    assert offenders(UNFINISHED, paths) == []


def test_no_test_is_skipped_or_expected_to_fail():
    marks = "pytest" + r"\.(?:mark\.)?(?:skip|xfail)|@unittest\.skip"
    tests = [path for path in sources.files() if path.parts[0] == "tests"]

    assert offenders(marks, tests) == []


def test_every_test_file_stands_in_a_folder_of_the_package_it_tests():
    folders = {path.parts[1] for path in sources.files() if path.match("tests/*/test_*.py")}
    packages = {path.parts[1] for path in sources.modules() if path.parts[0] == "neutrality"}
    known = packages | {
        "complaints",
        "pledges",
        "wiring",
        "architecture",
        "access",
        "e2e",
        "scenarios",
    }

    assert folders - known - {"benchmarks"} == set()
