"""Taking a certificate into use for an office; making a sample one for the demo."""

from datetime import timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from neutrality.audit.actor import Actor
from neutrality.audit.record import SubjectRef, record
from neutrality.documents.models import OfficeCertificate
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency, Office
from neutrality.vault.services import seal_blob

SAMPLE_VALIDITY: Final = timedelta(days=365)


class UnusableCertificate(ValueError):
    """An archive that seals nothing; its words are the sentence for a page."""


@transaction.atomic
def install_certificate(
    *,
    office: Office | Agency,
    archive: bytes,
    passphrase: bytes | None,
    actor: Actor,
    clock: Clock,
    is_sample: bool = False,
) -> OfficeCertificate:
    """Seal a PKCS#12 archive for an office or an agency; the one used until now is revoked.

    Raises:
        UnusableCertificate: When the archive cannot be opened, is incomplete or not in force.
    """
    certificate, plain = unlock(archive=archive, passphrase=passphrase, clock=clock)
    holder = holder_of(office)
    OfficeCertificate.objects.filter(revoked_at=None, **holder).update(revoked_at=clock.now)
    installed = OfficeCertificate.objects.create(
        **holder,
        subject_name=certificate.subject.rfc4514_string(),
        certificate=certificate.public_bytes(Encoding.PEM).decode("ascii"),
        sealed_archive=seal_blob(data=plain, clock=clock),
        is_sample=is_sample,
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
    )
    subject = SubjectRef("certificate", installed.pk)
    record(what="certificate.installed", subject=subject, actor=actor, clock=clock)
    return installed


@transaction.atomic
def revoke_certificate(*, certificate_id: int, actor: Actor, clock: Clock) -> None:
    """Seal nothing more with it, as when its key may be in other hands; once is enough."""
    used = OfficeCertificate.objects.filter(pk=certificate_id, revoked_at=None)
    if used.update(revoked_at=clock.now):
        subject = SubjectRef("certificate", certificate_id)
        record(what="certificate.revoked", subject=subject, actor=actor, clock=clock)


def holder_of(office: Office | Agency) -> dict[str, Office | Agency]:
    """Return the column of the holder: certificates belong to an office or to an agency."""
    return {"agency": office} if isinstance(office, Agency) else {"office": office}


def install_sample_certificate(
    *, office: Office | Agency, actor: Actor, clock: Clock
) -> OfficeCertificate:
    """Make and install a self-signed certificate that calls itself a sample (demo only)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Sertifikat contoh"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Sertifikat contoh {office.path}"[:64]),
        ]
    )
    archive = pkcs12.serialize_key_and_certificates(
        b"contoh", key, _self_signed(name, key, clock), None, NoEncryption()
    )
    return install_certificate(
        office=office, archive=archive, passphrase=None, actor=actor, clock=clock, is_sample=True
    )


def _self_signed(
    name: x509.Name, key: ec.EllipticCurvePrivateKey, clock: Clock
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now - timedelta(hours=1))
        .not_valid_after(clock.now + SAMPLE_VALIDITY)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def unlock(
    *, archive: bytes, passphrase: bytes | None, clock: Clock
) -> tuple[x509.Certificate, bytes]:
    """Return the certificate, and the archive without its passphrase, for the vault.

    Raises:
        UnusableCertificate: When the archive cannot be opened, is incomplete or not in force.
    """
    try:
        bundle = pkcs12.load_pkcs12(archive, passphrase)
    except ValueError as error:
        raise UnusableCertificate(_("Berkas tidak terbuka dengan frasa sandi ini.")) from error
    if bundle.key is None or bundle.cert is None:
        raise UnusableCertificate(_("Berkas tidak memuat kunci beserta sertifikatnya."))
    certificate = bundle.cert.certificate
    if not certificate.not_valid_before_utc <= clock.now < certificate.not_valid_after_utc:
        raise UnusableCertificate(_("Sertifikat ini belum atau tidak berlaku lagi."))
    chain = [entry.certificate for entry in bundle.additional_certs]
    plain = pkcs12.serialize_key_and_certificates(
        b"segel",
        bundle.key,  # type: ignore[arg-type]
        certificate,
        chain,
        NoEncryption(),
    )
    return certificate, plain
