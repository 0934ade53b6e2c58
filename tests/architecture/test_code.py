"""Habits of the code that no linter knows."""

import ast
from collections import Counter

from tests.architecture import sources

LONGEST_FUNCTION = 40
LONGEST_MODULE = 750
MEDIAN_FUNCTION = 15


def _length(function):
    """Return the lines of a function that do something: neither its signature nor its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def _lengths():
    return {
        f"{path}:{function.name}": _length(function)
        for path in sources.modules()
        for function in sources.functions(path)
    }


def test_no_function_is_long():
    assert {name: n for name, n in _lengths().items() if n > LONGEST_FUNCTION} == {}


def test_the_usual_function_is_short():
    lengths = sorted(_lengths().values())

    assert lengths[len(lengths) // 2] <= MEDIAN_FUNCTION


def test_no_module_is_long():
    lines = {str(path): sources.text(path).count("\n") for path in sources.modules()}

    assert {name: n for name, n in lines.items() if n > LONGEST_MODULE} == {}


def test_every_module_says_in_one_line_what_it_is():
    silent = [
        str(path)
        for path in sources.modules()
        if sources.text(path).strip() and not ast.get_docstring(ast.parse(sources.text(path)))
    ]

    assert silent == []


def test_no_model_hides_work_in_save():
    methods = [
        f"{path}:{function.name}"
        for path in sources.modules()
        if "models" in {path.stem, path.parent.name}
        for function in sources.functions(path)
        if function.name in {"save", "delete"}
    ]

    assert methods == []


def test_what_an_actor_does_takes_its_arguments_by_name():
    positional = [
        f"{path}:{function.name}"
        for path in sources.modules()
        if "services" in {path.stem, path.parent.name}
        for function in ast.parse(sources.text(path)).body
        if isinstance(function, ast.FunctionDef)
        if not function.name.startswith("_")
        if {argument.arg for argument in function.args.args} & {"actor", "clock"}
    ]

    assert positional == []


def test_only_the_clock_itself_reads_the_time():
    allowed = {"neutrality/law/clock.py"}
    readers = {
        str(path)
        for path in sources.modules()
        for node in ast.walk(ast.parse(sources.text(path)))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"datetime.now", "date.today"}
    }

    assert readers - allowed == set()


def test_no_two_tests_of_a_file_have_one_name():
    repeated = {
        str(path): name
        for path in sources.files()
        if path.match("tests/**/test_*.py")
        for name, n in Counter(function.name for function in sources.functions(path)).items()
        if n > 1 and name.startswith("test_")
    }

    assert repeated == {}
