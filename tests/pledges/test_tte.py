"""Certified signatures: what holds is taken, everything else is refused with its reason."""

import io
from datetime import datetime, timedelta

import pytest
from asn1crypto import keys, x509 as asn1_x509  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from neutrality.casework.refusals import Refused
from pledges.models import Obligation, Signature
from pledges.printing import sheets_pdf
from pledges.selectors.attested import attested_rows
from pledges.services.print_sheets import print_sheets
from pledges.services.sign_certified import sign_certified
from tests.pledges import factories
from tests.pledges.factories import NOON

pytestmark = pytest.mark.django_db


class Issuer:
    """A certification authority of the test, made for one day."""

    def __init__(self, name="Penyelenggara Sertifikasi Contoh"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = _named(name)
        self.root = self._certificate(self.name, self.key.public_key(), is_ca=True)

    def _certificate(self, subject, public_key, *, is_ca, until=365, stamps=False):
        usage = x509.KeyUsage(
            digital_signature=not is_ca,
            content_commitment=not is_ca,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=is_ca,
            crl_sign=is_ca,
            encipher_only=False,
            decipher_only=False,
        )
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOON.now - timedelta(days=400))
            .not_valid_after(NOON.now + timedelta(days=until))
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
            .add_extension(usage, critical=True)
        )
        if stamps:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            made = made.add_extension(purpose, critical=True)
        return made.sign(self.key, hashes.SHA256())

    def pem(self):
        return self.root.public_bytes(serialization.Encoding.PEM)

    def signer_for(self, name, until=365):
        """A person's key and certificate, as a signing tool holds them."""
        key = ec.generate_private_key(ec.SECP256R1())
        leaf = self._certificate(_named(name), key.public_key(), is_ca=False, until=until)
        archive = pkcs12.serialize_key_and_certificates(
            b"tte", key, leaf, [self.root], NoEncryption()
        )
        return signers.SimpleSigner.load_pkcs12_data(archive, other_certs=[], passphrase=None)

    def stamps(self, at):
        """An authority for time stamps, whose clock stands still."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        leaf = self._certificate(
            _named("Otoritas Stempel Waktu Contoh"), key.public_key(), is_ca=False, stamps=True
        )
        der = serialization.Encoding.DER
        plain = key.private_bytes(der, serialization.PrivateFormat.PKCS8, NoEncryption())
        chain = SimpleCertificateStore()
        chain.register(asn1_x509.Certificate.load(self.root.public_bytes(der)))
        return DummyTimeStamper(
            tsa_cert=asn1_x509.Certificate.load(leaf.public_bytes(der)),
            tsa_key=keys.PrivateKeyInfo.load(plain),
            certs_to_embed=chain,
            fixed_dt=at,
        )


def _named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def signed_by(signer, pdf, stamps=None):
    metadata = signers.PdfSignatureMetadata(field_name="TTE", md_algorithm="sha256")
    signing = signers.PdfSigner(metadata, signer, timestamper=stamps)
    out = signing.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return bytes(out.getbuffer())


def stamped_after(pdf, stamps):
    """The same file preserved for long: a time stamp of the document after the signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    out = signers.PdfTimeStamper(stamps).timestamp_pdf(writer, "sha256")
    return bytes(out.getbuffer())


@pytest.fixture
def issuer(settings, tmp_path):
    made = Issuer()
    path = tmp_path / "roots.pem"
    path.write_bytes(made.pem())
    settings.TTE_ROOTS = str(path)
    return made


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)


def sheet_of(place, person):
    duty = Obligation.objects.select_related("person", "employment", "unit_now").get(
        round=place, person=person
    )
    actor = factories.officer(place.agency)
    sheets = print_sheets(place=place, obligations=[duty], actor=actor, clock=NOON)
    return sheets_pdf(place=place, text=place.text, sheets=sheets, day=NOON.now.date())


def hand_in(place, person, pdf):
    return sign_certified(obligation_id=factories.owed(place, person).pk, pdf=pdf, clock=NOON)


def test_a_sheet_with_a_valid_signature_counts_as_tte_and_is_kept_as_it_is(city, place, issuer):
    person = city.people[3]
    pdf = signed_by(issuer.signer_for("Lurah Contoh"), sheet_of(place, person))

    signature = hand_in(place, person, pdf)

    assert (signature.kind, signature.assurance, signature.channel) == ("TTE", "TTE", "UPLOAD")
    assert signature.scan.size == len(pdf)


def test_a_file_changed_after_signing_is_refused(city, place, issuer):
    person = city.people[3]
    pdf = signed_by(issuer.signer_for("Lurah Contoh"), sheet_of(place, person))
    at = pdf.index(b"/Type/Page") if b"/Type/Page" in pdf else len(pdf) // 3
    broken = pdf[:at] + b"X" + pdf[at + 1 :]

    with pytest.raises(Refused, match=r"tte_(broken|other_paper)"):
        hand_in(place, person, broken)

    assert Signature.objects.count() == 0


def test_something_appended_after_signing_is_refused(city, place, issuer):
    person = city.people[3]
    pdf = signed_by(issuer.signer_for("Lurah Contoh"), sheet_of(place, person))
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.root["/Tambahan"] = writer.root["/Type"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)

    with pytest.raises(Refused, match="tte_broken"):
        hand_in(place, person, out.getvalue())


def test_an_unsigned_sheet_is_refused(city, place, issuer):
    with pytest.raises(Refused, match="tte_missing"):
        hand_in(place, city.people[3], sheet_of(place, city.people[3]))


def test_a_certificate_of_nobody_known_is_refused(city, place, issuer):
    person = city.people[3]
    stranger = Issuer("Penyelenggara Lain")

    with pytest.raises(Refused, match="tte_untrusted"):
        hand_in(
            place, person, signed_by(stranger.signer_for("Lurah Contoh"), sheet_of(place, person))
        )


def test_an_expired_certificate_is_refused(city, place, issuer):
    person = city.people[3]
    signer = issuer.signer_for("Lurah Contoh", until=-1)

    with pytest.raises(Refused, match="tte_untrusted"):
        hand_in(place, person, signed_by(signer, sheet_of(place, person)))


def test_somebody_else_s_certificate_is_refused(city, place, issuer):
    person = city.people[3]

    with pytest.raises(Refused, match="tte_other_person"):
        hand_in(place, person, signed_by(issuer.signer_for("Orang Lain"), sheet_of(place, person)))


def test_somebody_else_s_sheet_is_refused(city, place, issuer):
    pdf = signed_by(issuer.signer_for("Lurah Contoh"), sheet_of(place, city.people[0]))

    with pytest.raises(Refused, match="tte_other_paper"):
        hand_in(place, city.people[3], pdf)


def test_a_time_stamp_says_when_whatever_the_signer_s_device_says(
    city, place, issuer, time_machine
):
    person, at = city.people[3], NOON.now + timedelta(minutes=40)
    sheet = sheet_of(place, person)
    time_machine.move_to("2026-11-23T05:00:00Z", tick=False)  # a device whose clock is wrong
    pdf = signed_by(issuer.signer_for("Lurah Contoh"), sheet, issuer.stamps(at))
    time_machine.move_to("2026-11-20T06:00:00Z", tick=False)

    duty = factories.owed(place, person)
    signature = sign_certified(obligation_id=duty.pk, pdf=pdf, clock=factories.later(hour=6))

    assert signature.attested_at == at
    assert signature.attested_by == "Otoritas Stempel Waktu Contoh"
    assert signature.signed_at == factories.later(hour=6).now
    assert "dijamin stempel waktu" in signature.document.content["assurance"]


def test_without_a_time_stamp_the_time_is_only_the_signer_s(city, place, issuer):
    person = city.people[3]
    signature = hand_in(
        place, person, signed_by(issuer.signer_for("Lurah Contoh"), sheet_of(place, person))
    )

    assert (signature.attested_at, signature.attested_by) == (NOON.now, "")
    assert "hanya menurut penanda tangan" in signature.document.content["assurance"]
    (row,) = attested_rows(signature, place.office.tz)
    assert row.value.endswith("tanpa stempel waktu")


def test_the_stamp_of_a_stranger_is_none(city, place, issuer):
    person = city.people[3]
    stamps = Issuer("Penyelenggara Lain").stamps(NOON.now - timedelta(days=300))
    pdf = signed_by(issuer.signer_for("Lurah Contoh"), sheet_of(place, person), stamps)

    assert hand_in(place, person, pdf).attested_by == ""


def test_a_file_preserved_after_signing_is_still_whole(city, place, issuer):
    person = city.people[3]
    signed = signed_by(issuer.signer_for("Lurah Contoh"), sheet_of(place, person))
    pdf = stamped_after(signed, issuer.stamps(NOON.now))

    signature = hand_in(place, person, pdf)

    assert signature.attested_by == "Otoritas Stempel Waktu Contoh"
    assert signature.scan.size == len(pdf)


@pytest.mark.parametrize(
    ("day", "refused"), [("2026-11-19", "tte_out_of_time"), ("2026-11-21", "tte_untrusted")]
)
@pytest.mark.parametrize("is_stamped", [False, True])
def test_a_time_before_the_round_or_to_come_is_refused(
    city, place, issuer, time_machine, day, refused, is_stamped
):
    person = city.people[3]
    sheet = sheet_of(place, person)
    moment = datetime.fromisoformat(f"{day}T05:00:00+00:00")
    if not is_stamped:
        time_machine.move_to(moment, tick=False)
    stamps = issuer.stamps(moment) if is_stamped else None
    pdf = signed_by(issuer.signer_for("Lurah Contoh"), sheet, stamps)
    time_machine.move_to(NOON.now, tick=False)

    with pytest.raises(Refused, match=refused):
        hand_in(place, person, pdf)


def test_somebody_signs_with_a_certificate_through_the_pages(city, place, issuer, client):
    person = city.people[3]
    factories.invited(place, person)
    token = factories.sent_token()
    client.post(reverse("pledges_public:start", args=[token]))
    code = factories.last_message("pledge_code")["code"]
    client.post(reverse("pledges_public:code", args=[token]), {"kode": code})

    sheet = client.post(reverse("pledges_public:tte_sheet", args=[token]))
    pdf = signed_by(issuer.signer_for("Drs. Lurah Contoh, M.Si."), sheet.content)
    done = client.post(
        reverse("pledges_public:tte", args=[token]),
        {"berkas": SimpleUploadedFile("pakta.pdf", pdf)},
        follow=True,
    )

    assert "Anda sudah menandatangani" in done.content.decode()
    assert "Tanda tangan elektronik tersertifikasi" in done.content.decode()


def test_where_no_roots_are_known_nobody_is_asked_for_a_certificate(city, place, client):
    factories.invited(place, city.people[3])
    token = factories.sent_token()
    client.post(reverse("pledges_public:start", args=[token]))
    code = factories.last_message("pledge_code")["code"]
    client.post(reverse("pledges_public:code", args=[token]), {"kode": code})

    assert client.get(reverse("pledges_public:tte", args=[token])).status_code == 404
