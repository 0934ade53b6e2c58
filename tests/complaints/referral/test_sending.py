"""What was proven goes to whoever is competent on that day, and names only who must be named."""

from datetime import UTC, datetime

import pytest

from complaints.models import (
    Addressee,
    AllegationResult,
    Assessment,
    Conclusion,
    Custody,
    Derivative,
    Incident,
    Matter,
    ReferralItem,
    ReferralPackage,
)
from complaints.selectors.referral_item import allegations_of
from complaints.services.send_package import (
    Dispatch,
    lines_of_assessment,
    send_package,
    send_within,
)
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from tests.complaints import factories as make
from tests.complaints.referral.scene import Scene, agency, kanreg

pytestmark = pytest.mark.django_db


def url_of(scene):
    return f"/petugas/perkara/{scene.matter.public_id}/teruskan/"


@pytest.mark.parametrize(
    ("kind", "outcome", "code"),
    [
        ("PNS", "ASN_LAW", "KANREG-02"),
        ("PPPK", "ASN_LAW", "KANREG-02"),
        ("TNI", "ASN_LAW", "TNI"),
        ("POLRI", "ASN_LAW", "POLDA-35"),
        ("VILLAGE", "ASN_LAW", "DPMD-35.06"),
        ("ELECTION_STAFF", "ETHICS", "DKPP"),
        ("ACTING_HEAD", "ASN_LAW", "KEMENDAGRI"),
        ("PNS", "CRIMINAL", "GAKKUMDU-35.71"),
        ("PNS", "ADMINISTRATIVE", "KPU-35.71"),
    ],
)
def test_the_law_names_the_body(kind, outcome, code):
    region = "35.06" if kind == "VILLAGE" else make.KEDIRI
    (item,) = Scene(kind=kind, outcome=outcome, region=region).send()
    assert item.body.code == code


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (datetime(2024, 8, 23, 16, 59, tzinfo=UTC), "KASN"),
        (datetime(2024, 8, 23, 17, 0, tzinfo=UTC), "KANREG-02"),
    ],
)
def test_kasn_ends_at_midnight_in_kediri_on_24_august_2024(moment, code):
    scene = Scene()
    clock = Clock(now=moment)
    (item,) = scene.send(clock=clock)
    assert item.body.code == code


def test_people_outside_the_law_of_civil_servants_go_to_their_own_agency():
    employer = agency()
    (item,) = Scene(kind="NON_ASN", employer=employer).send()
    package = item.packages.get()
    assert (item.body, item.body_path, item.agency, item.agency_informed) == (
        None,
        "",
        employer,
        True,
    )
    assert (package.body, package.agency) == (None, employer)
    assert Addressee.objects.get(item=item).agency == employer


def test_without_an_agency_such_a_package_cannot_leave():
    scene = Scene(kind="NON_ASN")
    with pytest.raises(Refused) as refused:
        scene.send()
    assert refused.value.refusal.code == "no_agency"
    assert not ReferralItem.objects.exists()


def test_people_of_two_agencies_never_share_a_package():
    first, second = agency(), agency("kab-contoh", "Pemerintah Kabupaten Contoh", "35.06")
    scene = Scene(employer=first)
    scene.another_respondent("Camat contoh", second)
    one, other = scene.send(inform_agencies=True)
    contents = [str(item.packages.get().letter.content) for item in (one, other)]
    assert ["Lurah contoh" in text for text in contents] == [True, False]
    assert ["Camat contoh" in text for text in contents] == [False, True]
    copies = {package.copied_to for package in ReferralPackage.objects.all()}
    assert copies == {first, second}


def test_every_copy_that_leaves_is_in_the_chain_of_custody():
    scene = Scene()
    scene.send()
    link = Custody.objects.get(derivative=scene.copy, act="SENT")
    assert (link.reason, link.who) == (kanreg().name, "Staf contoh")


@pytest.mark.parametrize(
    "change", [{"released_at": None, "released_by": None}, {"audience": "RESPONDENT"}]
)
def test_no_package_holds_a_copy_that_two_persons_did_not_let_go_to_a_body(change):
    scene = Scene()
    Derivative.objects.filter(pk=scene.copy.pk).update(**change)
    dispatch = Dispatch(agenda_item=scene.decision, derivatives=[scene.copy])
    with pytest.raises(Refused, match=r"^copy_not_released$"):
        send_package(
            matter_id=scene.matter.pk, dispatch=dispatch, actor=scene.handler, clock=scene.clock
        )
    assert not ReferralPackage.objects.exists()
    assert not Custody.objects.filter(act="SENT").exists()


def test_nothing_is_sent_twice():
    scene = Scene()
    scene.send()
    with pytest.raises(Refused) as refused:
        send_package(
            matter_id=scene.matter.pk,
            dispatch=Dispatch(agenda_item=scene.decision),
            actor=scene.handler,
            clock=scene.clock,
        )
    assert refused.value.refusal.code == "nothing_to_refer"


def test_the_preview_says_to_whom_by_what_law_and_with_which_papers(browser_of, travel):
    scene = Scene()
    travel(18, 12)
    page = browser_of(scene.handler_user).get(url_of(scene)).content.decode()
    for words in (kanreg().name, "Lurah contoh", "SKB Netralitas 2022", "Kirim paket"):
        assert words in page


def test_pressing_sends_the_ticked_copies(browser_of, travel):
    scene = Scene()
    travel(18, 12)
    answer = browser_of(scene.handler_user).post(
        url_of(scene),
        {"kanal": "POST", "salinan": [scene.copy.public_id], "jumlah": "1", "periksa": "on"},
    )
    package = ReferralPackage.objects.get()
    assert (answer.status_code, package.channel) == (302, "POST")
    assert list(package.derivatives.all()) == [scene.copy]


def test_who_was_slower_is_told_so(browser_of, travel):
    scene = Scene()
    scene.another_respondent("Camat contoh", None)
    travel(18, 12)
    answer = browser_of(scene.handler_user).post(
        url_of(scene), {"kanal": "POST", "jumlah": "1", "periksa": "on"}
    )
    assert answer.status_code == 409
    assert not ReferralPackage.objects.exists()


def test_without_a_decision_nothing_leaves(browser_of, travel):
    scene = Scene()
    scene.decision.__class__.objects.filter(pk=scene.decision.pk).update(action="CLOSE")
    travel(18, 12)
    answer = browser_of(scene.handler_user).post(
        url_of(scene), {"kanal": "POST", "jumlah": "1", "periksa": "on"}
    )
    assert answer.status_code == 422
    assert "Belum ada keputusan pleno" in answer.content.decode()
    assert not ReferralPackage.objects.exists()


def test_a_wrong_channel_keeps_what_was_ticked(browser_of, travel):
    scene = Scene()
    travel(18, 12)
    answer = browser_of(scene.handler_user).post(
        url_of(scene), {"kanal": "DUKUN", "tembusan": "on", "jumlah": "1", "periksa": "on"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="tembusan" class="form-check-input"' in page or "checked" in page


@pytest.mark.parametrize("role", ["intake", "supervisor", "auditor"])
def test_only_handler_and_commissioner_send(browser_of, travel, role):
    scene = Scene()
    person = make.user("Orang lain", role, office=scene.office)
    travel(18, 12)
    assert browser_of(person).get(url_of(scene)).status_code == 404


def test_a_neighbouring_office_does_not_find_the_file(browser_of, travel):
    scene = Scene()
    person = make.user("Tetangga", "handler", office=make.office("35.06"))
    travel(18, 12)
    assert browser_of(person).get(url_of(scene)).status_code == 404


def test_a_package_tells_nothing_of_the_other_agencys_people():
    first, second = agency(), agency("kab-contoh", "Pemerintah Kabupaten Contoh", "35.06")
    scene = Scene(employer=first)
    Matter.objects.update(title="Mengunggah dukungan: Kelurahan Contoh")
    elsewhere = Incident.objects.create(
        matter=scene.matter, from_on=scene.clock.now.date(), place="Kantor Camat Contoh"
    )
    party = scene.another_respondent("Camat contoh", second)
    party.allegations.update(incident=elsewhere)
    one, other = (str(item.packages.get().letter.content) for item in scene.send())
    assert ("Kantor Camat" in one, "Kantor Camat" in other) == (False, True)
    assert "Kelurahan Contoh" not in other


ACTS = ("Membuat unggahan", "fasilitas negara")


def accused_twice(scene):
    """The same person is said to have used a car of the state, at another place too."""
    elsewhere = Incident.objects.create(
        matter=scene.matter, from_on=scene.clock.now.date(), place="Garasi contoh"
    )
    return scene.another_allegation(act="STATE_FACILITIES", incident=elsewhere)


def told(item):
    """Which acts the letter and the summary tell, and whether they name the second place."""
    package = item.packages.get()
    papers = [str(paper.content) for paper in (package.letter, package.summary)]
    return [[words in text for words in (*ACTS, "Garasi contoh")] for text in papers]


@pytest.mark.parametrize("outcome", ["NOT_PROVEN", "NOT_VIOLATION", "withdrawn"])
def test_a_package_tells_only_what_the_plenary_found(outcome):
    scene = Scene(employer=agency())
    other = accused_twice(scene)
    scene.result(other, "ASN_LAW" if outcome == "withdrawn" else outcome)
    if outcome == "withdrawn":
        AllegationResult.objects.filter(allegation=other).update(superseded_at=scene.clock.now)
    (item,) = scene.send()
    assert told(item) == [[True, False, False]] * 2


def test_each_body_reads_of_its_own_class_only():
    scene = Scene(employer=agency())
    scene.result(accused_twice(scene), "CRIMINAL")
    scene.send()
    items = {row.outcome: told(row) for row in ReferralItem.objects.all()}
    assert items == {
        "ASN_LAW": [[True, False, False]] * 2,
        "CRIMINAL": [[False, True, True]] * 2,
    }
    pages = {row.outcome: acts_on_the_page(row) for row in ReferralItem.objects.all()}
    assert pages == {"ASN_LAW": ["SOCIAL_POST"], "CRIMINAL": ["STATE_FACILITIES"]}
    AllegationResult.objects.update(superseded_at=scene.clock.now)  # the page says what it was
    assert {row.outcome: acts_on_the_page(row) for row in ReferralItem.objects.all()} == pages


def acts_on_the_page(item):
    return list(allegations_of(item).values_list("act", flat=True))


@pytest.mark.parametrize("stands", [True, False])
def test_by_the_shortcut_a_package_tells_what_the_latest_assessment_concludes(stands):
    scene = Scene(employer=agency())
    AllegationResult.objects.all().delete()
    scene.decision.kind = "REFERRAL"
    scene.decision.save()
    other = accused_twice(scene)
    first = scene.matter.allegations.exclude(pk=other.pk).get()
    for version, outcome in ((1, "ASN_LAW"), (2, "ASN_LAW" if stands else "NOT_PROVEN")):
        assessment = Assessment.objects.create(
            matter=scene.matter,
            office_path=scene.office.path,
            version=version,
            written_at=scene.clock.now,
            written_by=scene.handler_user,
        )
        for allegation, found in ((first, "ASN_LAW"), (other, outcome)):
            Conclusion.objects.create(assessment=assessment, allegation=allegation, outcome=found)
    send_within(
        matter=scene.matter,
        lines=lines_of_assessment(scene.matter),
        dispatch=Dispatch(agenda_item=scene.decision),
        actor=scene.handler,
        clock=scene.clock,
    )
    assert told(ReferralItem.objects.get()) == [[True, stands, stands]] * 2
