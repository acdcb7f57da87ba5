"""The seal: real keys, real PDFs; any flipped byte and any addition must show."""

import asyncio
import hashlib
import io
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from aanbesteding.documenten import zegel_oefen
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.documenten.zegel import Zegel, lees_zegel, maak_zegel, verzegel
from aanbesteding.documenten.zegel_controle import Herkomst, controleer_zegels
from aanbesteding.documenten.zegel_herkomst import lees_opschrift, revisies
from aanbesteding.documenten.zegel_keuze import Vertrouwen, kies_zegel, lees_vertrouwen, waarschuwingen
from aanbesteding.documenten.zegel_oefen import maak_oefenzegel
from aanbesteding.fouten import Conflict, Invoerfout, Omgevingsfout
from aanbesteding.instellingen import WORTEL, Instellingen

pytestmark = pytest.mark.keten

NU = datetime(2026, 11, 23, 22, 15, 30, tzinfo=UTC)
WACHTWOORD = "Zéér geheim 1"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return Opmaker(WORTEL / "sjablonen", WORTEL / "config" / "huisstijlen").render(voorbeeld_opdracht("verzuimbrief"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pad = tmp_path_factory.mktemp("gegevens")
    maak_oefenzegel(pad / "zegel", NU, "Gemeente Lindeveen")
    return pad


@pytest.fixture(scope="module")
def zegel(folder: Path) -> Zegel:
    return lees_zegel(folder / "zegel" / zegel_oefen.BESTAND, "")


@pytest.fixture(scope="module")
def vertrouwen(folder: Path) -> Vertrouwen:
    return lees_vertrouwen(Instellingen(data_map=folder, zegel_bestand=None, zegel_vertrouwd=None))


@pytest.fixture(scope="module")
def verzegeld(pdf: bytes, zegel: Zegel) -> bytes:
    return verzegel(pdf, zegel, NU, "Proef")


def _echt(*, dagen: int = 365, gebruik: bool = True, sleutel: object = None) -> tuple[Zegel, bytes]:
    """A certificate as a municipality has it, and its PKCS#12 file."""
    eigen = sleutel or ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Gemeente Echt")])
    bouwer = zegel_oefen._bouwer(naam, naam, eigen, NU - timedelta(days=30), timedelta(days=dagen))  # type: ignore[arg-type]
    soort = zegel_oefen._gebruik(ondertekenen=gebruik, uitgeven=not gebruik)
    from cryptography.hazmat.primitives import hashes

    certificaat = bouwer.add_extension(soort, critical=True).sign(eigen, hashes.SHA256())  # type: ignore[arg-type]
    slot = BestAvailableEncryption(WACHTWOORD.encode())
    p12 = pkcs12.serialize_key_and_certificates(b"zegel", eigen, certificaat, None, slot)  # type: ignore[arg-type]
    return maak_zegel(eigen, certificaat), p12  # type: ignore[arg-type]


def test_a_seal_comes_after_the_archived_bytes_and_says_who_and_when(
    pdf: bytes, verzegeld: bytes, vertrouwen: Vertrouwen
) -> None:
    assert verzegeld.startswith(pdf)
    assert hashlib.sha256(pdf).hexdigest() in {r.sha256 for r in revisies(verzegeld)}
    (beeld,) = controleer_zegels(verzegeld, vertrouwen)
    assert (beeld.goed, beeld.moment, beeld.reden, beeld.oefening) == (True, NU, "Proef", True)
    assert beeld.herkomst is Herkomst.OEFENING
    assert beeld.naam == "Gemeente Lindeveen (OEFENZEGEL – geen rechtskracht)"
    assert controleer_zegels(pdf, vertrouwen) == []


def test_a_sealed_file_conforms_to_what_the_unsealed_one_conforms_to(pdf: bytes, verzegeld: bytes) -> None:
    page = pytest.importorskip("page")
    for profiel in ("ua1", "3a"):
        voor, na = (page.validate_pdf_bytes(b, profile=profiel) for b in (pdf, verzegeld))
        assert {f.rule_id for f in na.failures} <= {f.rule_id for f in voor.failures}, profiel
    assert page.validate_pdf_bytes(verzegeld, profile="ua1").is_compliant


def test_the_metadata_and_the_version_stay_as_the_archive_has_them(pdf: bytes, verzegeld: bytes) -> None:
    assert lees_opschrift(pdf) == lees_opschrift(verzegeld)
    with pikepdf.open(io.BytesIO(pdf)) as voor, pikepdf.open(io.BytesIO(verzegeld)) as na:
        assert na.pdf_version == voor.pdf_version
        assert "/Version" not in na.Root
        assert na.Root.Metadata.read_bytes() == voor.Root.Metadata.read_bytes()


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_found(
    data: st.DataObject, pdf: bytes, verzegeld: bytes, vertrouwen: Vertrouwen
) -> None:
    """Found: the seal no longer holds. Half of the positions lie in the seal itself, the hard part."""
    onder = data.draw(st.sampled_from([0, len(pdf)]))
    plek = data.draw(st.integers(onder, len(verzegeld) - 1))
    kapot = bytearray(verzegeld)
    kapot[plek] ^= 1 << data.draw(st.integers(0, 7))
    assert not any(b.goed for b in controleer_zegels(bytes(kapot), vertrouwen)), plek
    if plek < len(pdf):
        assert hashlib.sha256(pdf).hexdigest() not in {r.sha256 for r in revisies(bytes(kapot))}


def test_every_byte_around_and_in_the_signature_container_counts(verzegeld: bytes, vertrouwen: Vertrouwen) -> None:
    """The case of a hex digit and the filling are outside the signature; each 37th position, and both ends."""
    begin = verzegeld.rindex(b"/Contents <") + len(b"/Contents ")
    eind = verzegeld.index(b">", begin)
    for plek in [*range(begin, eind, 37), begin, begin + 1, eind - 1, eind]:
        for masker in (0x01, 0x20):
            kapot = bytearray(verzegeld)
            kapot[plek] ^= masker
            assert not any(b.goed for b in controleer_zegels(bytes(kapot), vertrouwen)), (plek, masker)


def test_an_update_after_the_seal_is_a_change(verzegeld: bytes, vertrouwen: Vertrouwen) -> None:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    schrijver = IncrementalPdfFileWriter(io.BytesIO(verzegeld))
    schrijver.root["/Lang"] = generic.TextStringObject("fy")
    schrijver.update_root()
    uit = io.BytesIO()
    schrijver.write(uit)
    assert not any(b.heel for b in controleer_zegels(verzegeld + b"% extra\n%%EOF\n", vertrouwen))
    for langer in (uit.getvalue(), verzegeld + b"\n"):
        (beeld,) = controleer_zegels(langer, vertrouwen)
        assert not beeld.heel
        assert "toegevoegd" in beeld.fouten[0]


def test_a_stripped_seal_leaves_the_archived_document(pdf: bytes, verzegeld: bytes, vertrouwen: Vertrouwen) -> None:
    kaal = verzegeld[: min(r.lengte for r in revisies(verzegeld) if r.lengte >= len(pdf))]
    assert kaal == pdf
    assert controleer_zegels(kaal, vertrouwen) == []


def test_a_strange_maker_with_the_same_name_is_not_believed(pdf: bytes, vertrouwen: Vertrouwen, tmp_path: Path) -> None:
    maak_oefenzegel(tmp_path, NU, "Gemeente Lindeveen")
    vreemd = lees_zegel(tmp_path / zegel_oefen.BESTAND, "")
    (beeld,) = controleer_zegels(verzegel(pdf, vreemd, NU, "Proef"), vertrouwen)
    assert beeld.heel
    assert not beeld.goed
    assert beeld.herkomst is Herkomst.ONBEKEND


@pytest.mark.parametrize("soort", ["ec", "rsa"])
def test_the_municipality_s_own_certificate(soort: str, pdf: bytes, tmp_path: Path) -> None:
    sleutel = rsa.generate_private_key(65537, 2048) if soort == "rsa" else ec.generate_private_key(ec.SECP256R1())
    zegel, p12 = _echt(sleutel=sleutel)
    (tmp_path / "zegel.p12").write_bytes(p12)
    (tmp_path / "w").write_text(f"{WACHTWOORD}\n", encoding="utf-8")
    (tmp_path / "roots.pem").write_bytes(zegel.certificaat.public_bytes(Encoding.PEM))
    gekozen = Instellingen(
        data_map=tmp_path, zegel_bestand=tmp_path / "zegel.p12", zegel_wachtwoord_bestand=tmp_path / "w"
    )
    uit = verzegel(pdf, kies_zegel(gekozen, oefening=False, nu=NU), NU, "Besluit")
    assert controleer_zegels(uit, lees_vertrouwen(gekozen))[0].herkomst is Herkomst.EIGEN
    met_wortel = gekozen.model_copy(update={"zegel_vertrouwd": tmp_path / "roots.pem", "zegel_bestand": None})
    (beeld,) = controleer_zegels(uit, lees_vertrouwen(met_wortel))
    assert (beeld.goed, beeld.herkomst, beeld.oefening) == (True, Herkomst.VERTROUWD, False)


def test_a_certificate_that_was_expired_at_the_moment_in_the_seal_does_not_count(pdf: bytes) -> None:
    zegel, _ = _echt(dagen=60)
    with pytest.raises(Omgevingsfout, match="verlopen op 23 december 2026"):
        verzegel(pdf, zegel, NU + timedelta(days=60), "Te laat")
    with pytest.raises(Omgevingsfout, match="pas vanaf"):
        verzegel(pdf, zegel, NU - timedelta(days=60), "Te vroeg")


def test_a_late_seal_made_elsewhere_is_seen(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    zegel, _ = _echt(dagen=60)
    monkeypatch.setattr("aanbesteding.documenten.zegel.controleer_geldigheid", lambda *_: None)
    uit = verzegel(pdf, zegel, NU + timedelta(days=90), "Te laat")
    (beeld,) = controleer_zegels(uit, Vertrouwen(uitgevers=(zegel.certificaat,)))
    assert not beeld.goed
    assert any("niet geldig op het moment" in fout for fout in beeld.fouten)


def test_a_certificate_for_something_else_is_refused(pdf: bytes) -> None:
    zegel, _ = _echt(gebruik=False)
    with pytest.raises(Omgevingsfout, match="niet bedoeld"):
        verzegel(pdf, zegel, NU, "Proef")


def test_a_wrong_password_or_file_is_said_without_the_password(tmp_path: Path) -> None:
    pad = tmp_path / "zegel.p12"
    pad.write_bytes(_echt()[1])
    for woord in ("fout-woord", ""):
        with pytest.raises(Omgevingsfout, match="wachtwoord klopt niet") as fout:
            lees_zegel(pad, woord)
        assert "fout-woord" not in str(fout.value)
        assert fout.value.__cause__ is None
    with pytest.raises(Omgevingsfout, match="bestaat niet"):
        lees_zegel(tmp_path / "weg.p12", "")
    pad.write_bytes(b"geen certificaat")
    with pytest.raises(Omgevingsfout, match="PKCS#12"):
        lees_zegel(pad, "")


def test_the_password_is_set_in_one_way_and_never_printed(tmp_path: Path) -> None:
    (tmp_path / "z.p12").write_bytes(_echt()[1])
    (tmp_path / "w").write_text(WACHTWOORD)
    gekozen = Instellingen(
        data_map=tmp_path, zegel_bestand=tmp_path / "z.p12", zegel_wachtwoord=SecretStr(WACHTWOORD),
        zegel_wachtwoord_bestand=tmp_path / "w",
    )  # fmt: skip
    assert WACHTWOORD not in repr(gekozen)
    with pytest.raises(Omgevingsfout, match="niet met allebei"):
        kies_zegel(gekozen, oefening=False, nu=NU)


def test_rehearsal_and_real_never_swap_seals(folder: Path, tmp_path: Path) -> None:
    oefen = folder / "zegel" / zegel_oefen.BESTAND
    verwisseld = Instellingen(data_map=folder, zegel_bestand=oefen)
    assert kies_zegel(verwisseld, oefening=True, nu=NU).oefening
    with pytest.raises(Omgevingsfout, match="echte ronde"):
        kies_zegel(verwisseld, oefening=False, nu=NU)
    with pytest.raises(Omgevingsfout, match="AANBESTEDING_ZEGEL_BESTAND"):
        kies_zegel(Instellingen(data_map=tmp_path, zegel_bestand=None), oefening=False, nu=NU)
    with pytest.raises(Omgevingsfout, match="maak-oefenzegel"):
        kies_zegel(Instellingen(data_map=tmp_path, zegel_bestand=oefen), oefening=True, nu=NU)


def test_the_key_file_is_private_and_never_overwritten(folder: Path) -> None:
    pad = folder / "zegel" / zegel_oefen.BESTAND
    gekozen = Instellingen(data_map=folder, zegel_bestand=None)
    assert pad.stat().st_mode & 0o777 == 0o600
    assert waarschuwingen(gekozen) == []
    voor = pad.read_bytes()
    with pytest.raises(Conflict):
        maak_oefenzegel(pad.parent, NU, "Andere gemeente")
    assert pad.read_bytes() == voor
    pad.chmod(0o640)
    assert "chmod 600" in waarschuwingen(gekozen)[0]
    pad.chmod(0o600)


def test_what_is_no_pdf_or_sealed_already_is_refused(verzegeld: bytes, zegel: Zegel) -> None:
    with pytest.raises(Invoerfout, match="al verzegeld"):
        verzegel(verzegeld, zegel, NU, "Nog eens")
    for onzin in (b"", b"geen pdf", verzegeld[:2000], os.urandom(500)):
        with pytest.raises(Invoerfout, match="kan niet worden verzegeld"):
            verzegel(onzin, zegel, NU, "Proef")


def test_sealing_and_checking_work_inside_an_event_loop(pdf: bytes, zegel: Zegel, vertrouwen: Vertrouwen) -> None:
    async def binnen() -> bool:
        return controleer_zegels(verzegel(pdf, zegel, NU, "Proef"), vertrouwen)[0].goed

    with ThreadPoolExecutor(1) as draad:  # Playwright may keep a loop in the thread of the tests
        assert draad.submit(asyncio.run, binnen()).result()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_noise_never_breaks_the_check(ruis: bytes) -> None:
    assert not any(b.goed for b in controleer_zegels(b"%PDF-1.7\n" + ruis, Vertrouwen()))
    assert revisies(ruis)[0].lengte == len(ruis)
    lees_opschrift(ruis)
