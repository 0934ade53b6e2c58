"""While the application is down, what stands in front has addresses, hours and the form."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from neutrality.env import BASE_DIR
from neutrality.organisations.models import Office
from tests.complaints import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, capsys):
    office = make.office("35.71")
    Office.objects.filter(pk=office.pk).update(address="Jalan <Contoh> 1", phone="0354 000")
    call_command("down_page", to=tmp_path / "tutup")
    return tmp_path / "tutup"


def test_every_office_stands_on_the_page_with_what_is_known(folder):
    page = (folder / "index.html").read_text()
    assert page.count("<li>") == Office.objects.exclude(level="DISTRICT").count()
    assert "Jalan &lt;Contoh&gt; 1<br>0354 000" in page
    assert "Senin: 08.00\u201316.00<br>" in page
    assert (folder / "formulir-laporan.pdf").read_bytes().startswith(b"%PDF-")


def test_the_page_needs_only_what_lies_beside_it_and_stays_small(folder):
    page = (folder / "index.html").read_text()
    asked = {each.removeprefix("/tutup/") for each in re.findall(r'(?:src|href)="([^"]+)"', page)}
    assert {*asked, "index.html"} == {each.name for each in folder.iterdir()}
    assert "<script" not in page
    assert len(page.encode()) < 150_000


def test_a_second_time_replaces_the_first(folder, capsys):
    call_command("down_page", to=folder)
    names = sorted(each.name for each in folder.iterdir())
    assert names == ["formulir-laporan.pdf", "gaya.css", "index.html"]


def test_the_front_server_shows_it_only_when_nobody_answers_and_logs_nobody():
    front = Path(BASE_DIR / "deploy" / "front" / "default.conf.template").read_text()
    assert "error_page 502 504 =503 @down;" in front
    assert "proxy_intercept_errors off;" in front
    assert "access_log off;" in front
    assert "error_log /dev/stderr crit;" in front
    compose = Path(BASE_DIR / "compose.yaml").read_text()
    assert "manage.py down_page --to /srv/front/tutup" in compose
