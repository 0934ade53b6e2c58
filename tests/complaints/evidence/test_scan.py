"""The scanner's verdicts, from a real clamd where there is one."""

import pytest

from complaints.services.scan import NO_VERDICT, UNREACHABLE, ScannerUnavailable, scan_file
from tests.complaints.evidence import clamd


@pytest.fixture(scope="module", params=clamd.KINDS)
def address(request):
    with clamd.scanner(request.param) as running:
        yield running


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"tidak apa-apa" * 100_000)
    return path


def test_a_harmless_file_passes(settings, address, file):
    settings.CLAMD_ADDRESS = address
    scan = scan_file(path=file)
    assert (scan.looked, scan.found) == (True, "")


def test_a_known_signature_is_named(settings, address, file):
    settings.CLAMD_ADDRESS = address
    file.write_bytes(clamd.BAD)
    scan = scan_file(path=file)
    assert (scan.looked, scan.found.removesuffix(".UNOFFICIAL")) == (True, clamd.NAME)


def test_without_an_address_nobody_looks(settings, file):
    settings.CLAMD_ADDRESS = ""
    assert scan_file(path=file).looked is False


@pytest.mark.parametrize("address", ["/tiada/clamd.sock", "127.0.0.1:1"])
def test_a_scanner_that_is_away_lets_the_file_wait(settings, file, address):
    settings.CLAMD_ADDRESS = address
    with pytest.raises(ScannerUnavailable) as away:
        scan_file(path=file)
    assert away.value.sentence == UNREACHABLE


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"INSTREAM size limit exceeded. ERROR\0", NO_VERDICT),
        (b"UNKNOWN COMMAND", NO_VERDICT),
        (b"", UNREACHABLE),
    ],
)
def test_an_answer_that_is_no_verdict_is_never_a_pass(settings, file, tmp_path, answer, sentence):
    server = clamd.protocol_server(tmp_path, answer)
    with server as settings.CLAMD_ADDRESS, pytest.raises(ScannerUnavailable) as unclear:
        scan_file(path=file)
    assert unclear.value.sentence == sentence
