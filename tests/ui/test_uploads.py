"""A page that takes no files lets nobody fill the disk."""

import pytest

pytestmark = pytest.mark.django_db

HUGE = 10**10


@pytest.mark.parametrize("page", ["/lapor/mulai/", "/lacak/", "/verifikasi/"])
def test_a_huge_request_is_refused_before_it_is_read(client, page):
    answer = client.post(
        page, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=HUGE
    )
    assert answer.status_code == 413
