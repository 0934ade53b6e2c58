"""The process that sets papers: used again, replaced, and never in anybody's way when it falls."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from neutrality.documents import typesetting
from neutrality.documents.typesetting import NotTypeset, typeset_pdf


@pytest.fixture(autouse=True)
def pool(monkeypatch):
    """A pool of this test, whose processes end with it."""
    own = typesetting._Pool()
    monkeypatch.setattr(typesetting, "_pool", own)
    yield own
    own.end()


@pytest.fixture
def paper(tmp_path):
    """Set a paper that says what it is given."""
    source = tmp_path / "paper.typ"
    source.write_text(
        '#set document(title: "Kertas")\n#set text(lang: "id")\n'
        '#let said = sys.inputs.said\n#assert(said != "salah")\n'
        '#if said == "lama" { for a in range(9000) { for b in range(9000) { let c = a } } }\n#said\n'
    )
    return lambda said: typeset_pdf(
        root=str(tmp_path), input=str(source), sys_inputs={"said": said}, timestamp=0
    )


def waiting(pool):
    return [each._process.pid for each in pool._waiting]


def test_one_process_sets_paper_after_paper_until_it_has_set_enough(paper, pool, monkeypatch):
    monkeypatch.setattr(typesetting, "_PAPERS", 2)
    first = paper("a")
    [used] = waiting(pool)
    assert (first[:5], paper("a") == first) == (b"%PDF-", True)
    assert waiting(pool) == []
    with pytest.raises(ProcessLookupError):
        os.kill(used, 0)
    assert paper("a") == first
    assert waiting(pool) != [used]


def test_what_does_not_fit_is_named_and_the_process_stays(paper, pool):
    paper("a")
    before = waiting(pool)
    with pytest.raises(NotTypeset, match="assertion failed"):
        paper("salah")
    assert (waiting(pool), paper("b")[:5]) == (before, b"%PDF-")


def test_a_process_that_was_killed_is_followed_by_another(paper, pool):
    paper("a")
    pool._waiting[0]._process.kill()
    pool._waiting[0]._process.wait()
    assert paper("b")[:5] == b"%PDF-"


def test_a_paper_that_takes_too_long_is_broken_off(paper, pool, monkeypatch):
    with monkeypatch.context() as hurried:
        hurried.setattr(typesetting, "_SECONDS", 0.5)
        with pytest.raises(NotTypeset, match="ended before"):
            paper("lama")
    assert paper("b")[:5] == b"%PDF-"


def test_papers_at_once_are_set_at_once_and_one_process_is_kept(paper, pool):
    with ThreadPoolExecutor(3) as threads:
        papers = list(threads.map(paper, "abcabc"))
    assert papers[:3] == papers[3:]
    assert len(set(papers)) == 3
    assert len(waiting(pool)) == 1


def test_a_forked_process_leaves_that_of_its_parent_alone(paper, pool):
    paper("a")
    [parents] = waiting(pool)
    pool.forget()
    paper("b")
    own = waiting(pool)
    assert (len(own), parents in own) == (1, False)
    os.kill(parents, 0)
    pool._inherited.pop().end()
