"""The pages of the workflows: the same table gives the same bytes, and a stale page fails."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from neutrality.casework.pages import page
from tests.casework.testapp.flow import ERRAND

GOLDEN = Path(__file__).parent / "errand.md"


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_is_the_reviewed_one_in_every_language(language):
    with translation.override(language):
        assert page(ERRAND) == GOLDEN.read_text(encoding="utf-8")


def test_written_pages_are_fresh(tmp_path):
    call_command("workflow_docs", folder=tmp_path, verbosity=0)
    assert [path.name for path in tmp_path.iterdir()] == ["errand.md"]
    call_command("workflow_docs", check=True, folder=tmp_path)


def test_a_changed_page_is_stale(tmp_path):
    call_command("workflow_docs", folder=tmp_path, verbosity=0)
    (tmp_path / "errand.md").write_text("Tangan.", encoding="utf-8")
    with pytest.raises(CommandError, match=r"errand\.md"):
        call_command("workflow_docs", check=True, folder=tmp_path)


def test_a_missing_page_is_stale(tmp_path):
    with pytest.raises(CommandError, match=r"errand\.md"):
        call_command("workflow_docs", check=True, folder=tmp_path / "none")


def test_a_page_of_no_workflow_is_stale_and_goes(tmp_path):
    old = tmp_path / "old.md"
    old.write_text("Lama.", encoding="utf-8")
    with pytest.raises(CommandError, match=r"old\.md"):
        call_command("workflow_docs", check=True, folder=tmp_path)
    call_command("workflow_docs", folder=tmp_path, verbosity=0)
    assert not old.exists()
