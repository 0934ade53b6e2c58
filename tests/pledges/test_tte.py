"""Certified signatures: what holds is taken, everything else is refused with its reason."""

import io
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from neutrality.casework.refusals import Refused
from pledges.models import Obligation, Signature
from pledges.printing import sheets_pdf
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

    def _certificate(self, subject, public_key, *, is_ca, until=365):
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
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOON.now - timedelta(days=400))
            .not_valid_after(NOON.now + timedelta(days=until))
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(self.key, hashes.SHA256())
        )

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


def _named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def signed_by(signer, pdf):
    metadata = signers.PdfSignatureMetadata(field_name="TTE", md_algorithm="sha256")
    out = signers.PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
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
    with pytest.raises(Refused, match="tte_broken"):
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
