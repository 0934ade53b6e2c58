"""The pages for those who run the service."""

import pytest


def test_the_process_says_that_it_is_alive_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_the_site_is_ready_when_database_and_redis_answer(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert set(response.json().values()) == {"OK"}


def test_the_metrics_are_not_found_by_a_stranger(client):
    assert client.get("/metrics").status_code == 404


def test_the_metrics_open_with_the_token(client, settings):
    bearer = f"Bearer {settings.METRICS_TOKEN}"

    response = client.get("/metrics", headers={"Authorization": bearer})

    assert response.status_code == 200
    assert b"django_http_requests_total" in response.content
