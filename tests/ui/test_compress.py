"""Pages are compressed, files are not."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from neutrality.ui.compress import CompressPages

LONG = b"netral " * 500


@pytest.mark.parametrize(
    ("kind", "coded"),
    [("text/html; charset=utf-8", "gzip"), ("application/json", "gzip"), ("application/pdf", None)],
)
def test_words_are_compressed_and_papers_are_not(rf, kind, coded):
    request = rf.get("/", headers={"Accept-Encoding": "gzip"})
    answer = CompressPages(lambda _: HttpResponse(LONG, content_type=kind))(request)
    assert answer.headers.get("Content-Encoding") == coded
    plain = gzip.decompress(answer.content) if coded else answer.content
    assert plain == LONG


def test_a_stream_is_left_alone(rf):
    request = rf.get("/", headers={"Accept-Encoding": "gzip"})
    answer = CompressPages(lambda _: StreamingHttpResponse([LONG], content_type="text/html"))(
        request
    )
    assert "Content-Encoding" not in answer.headers


def test_a_browser_that_does_not_ask_gets_plain_words(rf):
    answer = CompressPages(lambda _: HttpResponse(LONG))(rf.get("/"))
    assert answer.content == LONG
