"""Official papers are Indonesian, whatever the language of the page on which they are issued."""

import importlib
import inspect
import pkgutil

from complaints import papers
from neutrality.documents.drafts import DocumentDraft
from pledges import certificate

JOIN = {"draft", "paper"}  # they only put together what a paper has said


def writers():
    """The public functions that write a paper, by name."""
    names = [f"{papers.__name__}.{found.name}" for found in pkgutil.iter_modules(papers.__path__)]
    return {
        f"{name}.{called}": write
        for name in [*names, certificate.__name__]
        for called, write in inspect.getmembers(importlib.import_module(name), inspect.isfunction)
        if write.__module__ == name and not called.startswith("_") and called not in JOIN
        if inspect.signature(write).return_annotation is DocumentDraft
    }


def test_every_paper_is_written_in_indonesian():
    found = writers()
    assert len(found) > 25
    assert [name for name, write in found.items() if not hasattr(write, "__wrapped__")] == []
