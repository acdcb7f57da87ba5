"""The outbox on a real SMTP server (loopback): once after a confirmed hand-over, again after a failure."""

import email
import email.policy
import io
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine
from sqlmodel import select

from aanbesteding.database import lees, maak_motor, schrijf, werk_bij
from aanbesteding.documenten.archief import Archief
from aanbesteding.handelingen.starten import start_ronde
from aanbesteding.instellingen import Instellingen
from aanbesteding.model import Bericht, Document, Ronde
from aanbesteding.post.versturen import verstuur, wachttijd
from aanbesteding.rondemap import lees_rondemap

KLEIN = Path(__file__).parents[2] / "rondes" / "klein"
NU = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 proef"


class Ontvanger:
    """Keeps what was handed over; refuses addresses that begin with 'fout'."""

    def __init__(self) -> None:
        self.post: list[EmailMessage] = []

    async def handle_RCPT(self, _s: SMTP, _z: Session, envelope: Envelope, address: str, _o: list[str]) -> str:
        if address.startswith("fout"):
            return "550 onbekend"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _s: SMTP, _z: Session, envelope: Envelope) -> str:
        bericht = email.message_from_bytes(envelope.content or b"", policy=email.policy.default)
        assert isinstance(bericht, EmailMessage)
        self.post.append(bericht)
        return "250 OK"


@pytest.fixture
def ontvanger() -> Iterator[tuple[Ontvanger, int]]:
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    hier = Ontvanger()
    server = Controller(hier, hostname="127.0.0.1", port=poort)
    server.start()
    yield hier, poort
    server.stop()


@pytest.fixture
def motor(tmp_path: Path) -> Iterator[Engine]:
    motor = maak_motor(f"sqlite:///{tmp_path}/x.sqlite")
    werk_bij(motor)
    start_ronde(motor, lees_rondemap(KLEIN), nu=NU, door="proef")
    yield motor
    motor.dispose()


def _instellingen(tmp_path: Path, poort: int = 0) -> Instellingen:
    return Instellingen(
        data_map=tmp_path, smtp_host="127.0.0.1" if poort else "", smtp_poort=poort or 25, smtp_tls=False
    )


def _zet_klaar(motor: Engine, tmp_path: Path, *adressen: str, oefening: bool = False, agenda: str = "") -> None:
    sha = Archief(tmp_path / "documenten").bewaar(PDF)
    with schrijf(motor) as session:
        ronde = session.exec(select(Ronde)).one()
        ronde.oefening = oefening
        assert ronde.id
        session.add(
            Document(
                ronde_id=ronde.id,
                kenmerk="Z/1",
                soort="oproep",
                titel="Oproep",
                bestandsnaam="oproep.pdf",
                sha256=sha,
                grootte=len(PDF),
                openbaar=True,
                ontvanger="iedereen",
                moment=NU,
            )
        )
        for n, adres in enumerate(adressen):
            session.add(
                Bericht(
                    ronde_id=ronde.id,
                    message_id=f"<{n:032x}@klein.aanbesteding>",
                    aan_naam="Zoë de Wit",
                    aan_email=adres,
                    onderwerp="Uitnodiging voor één ronde",
                    tekst="Beste Zoë,\n",
                    html="<p>Beste Zoë,</p>",
                    agenda=agenda,
                    documenten=[sha],
                    klaar_op=NU,
                )
            )


def _berichten(motor: Engine) -> list[Bericht]:
    with lees(motor) as session:
        return list(session.exec(select(Bericht).order_by("id")))


def test_een_mail_komt_heel_aan_en_nooit_twee_keer(
    motor: Engine, tmp_path: Path, ontvanger: tuple[Ontvanger, int]
) -> None:
    hier, poort = ontvanger
    _zet_klaar(motor, tmp_path, "zoe@voorbeeld.example", agenda="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    assert verstuur(motor, _instellingen(tmp_path, poort), nu=NU).verstuurd == 1
    assert verstuur(motor, _instellingen(tmp_path, poort), nu=NU + timedelta(days=3)).verstuurd == 0
    [mail] = hier.post
    assert mail["Message-ID"] == f"<{0:032x}@klein.aanbesteding>"
    assert mail["Subject"] == "Uitnodiging voor één ronde"
    assert mail["Reply-To"] == "aanbesteding@lindeveen.example"
    bijlagen = {b.get_filename(): b.get_content() for b in mail.iter_attachments()}
    assert bijlagen["oproep.pdf"] == PDF
    assert b"VCALENDAR" in bijlagen["startbijeenkomst.ics"].encode()
    tekst = mail.get_body(("plain",))
    assert tekst is not None
    assert tekst.get_content().splitlines() == ["Beste Zoë,"]
    [bericht] = _berichten(motor)
    assert (bericht.verstuurd_op, bericht.fout) == (NU, "")


def test_een_geweigerd_adres_wacht_en_de_andere_gaan_door(
    motor: Engine, tmp_path: Path, ontvanger: tuple[Ontvanger, int]
) -> None:
    hier, poort = ontvanger
    _zet_klaar(motor, tmp_path, "fout@voorbeeld.example", "goed@voorbeeld.example")
    gekozen = _instellingen(tmp_path, poort)
    uitslag = verstuur(motor, gekozen, nu=NU)
    assert (uitslag.verstuurd, uitslag.mislukt) == (1, 1)
    fout, goed = _berichten(motor)
    assert "550" in fout.fout
    assert "fout@voorbeeld" not in fout.fout
    assert goed.verstuurd_op == NU
    assert verstuur(motor, gekozen, nu=NU + timedelta(minutes=4)).wacht == 1
    assert verstuur(motor, gekozen, nu=NU + timedelta(minutes=5)).mislukt == 1
    assert [m["To"] for m in hier.post] == ["Zoë de Wit <goed@voorbeeld.example>"]


def test_een_server_die_weg_is_verliest_niets(motor: Engine, tmp_path: Path, ontvanger: tuple[Ontvanger, int]) -> None:
    hier, poort = ontvanger
    _zet_klaar(motor, tmp_path, "a@voorbeeld.example", "b@voorbeeld.example")
    with socket.socket() as dicht:
        dicht.bind(("127.0.0.1", 0))
        weg = dicht.getsockname()[1]
    assert verstuur(motor, _instellingen(tmp_path, weg), nu=NU).mislukt == 2
    assert all("niet bereikbaar" in b.fout for b in _berichten(motor))
    assert verstuur(motor, _instellingen(tmp_path, poort), nu=NU + timedelta(hours=1)).verstuurd == 2
    assert len(hier.post) == 2


def test_een_veranderde_bijlage_houdt_alleen_die_mail_tegen(motor: Engine, tmp_path: Path) -> None:
    _zet_klaar(motor, tmp_path, "a@voorbeeld.example")
    [bericht] = _berichten(motor)
    Archief(tmp_path / "documenten").pad(bericht.documenten[0]).write_bytes(b"iets anders")
    assert verstuur(motor, _instellingen(tmp_path), nu=NU).mislukt == 1
    assert "veranderd na het opslaan" in _berichten(motor)[0].fout


def test_een_oefening_gaat_nooit_naar_de_mailserver(
    motor: Engine, tmp_path: Path, ontvanger: tuple[Ontvanger, int]
) -> None:
    hier, poort = ontvanger
    _zet_klaar(motor, tmp_path, "a@voorbeeld.example", oefening=True)
    assert verstuur(motor, _instellingen(tmp_path, poort), nu=NU).verstuurd == 1
    assert hier.post == []
    [eml] = (tmp_path / "post" / "klein").glob("*.eml")
    eerste = eml.read_bytes()
    with schrijf(motor) as session:
        session.exec(select(Bericht)).one().verstuurd_op = None
    verstuur(motor, _instellingen(tmp_path, poort), nu=NU + timedelta(days=1))
    assert eml.read_bytes() == eerste, "the same message must give the same mail"
    assert not list((tmp_path / "post" / "klein").glob(".nieuw*"))


def test_de_wachttijd_loopt_op_en_blijft_hooguit_een_dag_per_poging() -> None:
    reeks = [wachttijd(n) for n in range(20)]
    stappen = [b - a for a, b in pairwise(reeks)]
    assert reeks[0] == timedelta(0)
    assert stappen[0] == timedelta(minutes=5)
    assert all(timedelta(0) < s <= timedelta(days=1) for s in stappen)


def test_twee_verzenders_tegelijk_sturen_samen_een_keer(motor: Engine, tmp_path: Path) -> None:
    import fcntl

    _zet_klaar(motor, tmp_path, "a@voorbeeld.example")
    gekozen = _instellingen(tmp_path)
    gekozen.post_map.mkdir(parents=True)
    with (gekozen.post_map / ".slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        assert verstuur(motor, gekozen, nu=NU).bezet
    assert _berichten(motor)[0].verstuurd_op is None
    assert verstuur(motor, gekozen, nu=NU).verstuurd == 1


def _echte_bijlage(tmp_path: Path, motor: Engine, adres: str, *, oefening: bool) -> bytes:
    """A message whose attachment is a PDF that can be sealed; returns the archive's bytes."""
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(buffer)
    _zet_klaar(motor, tmp_path, adres, oefening=oefening)
    sha = Archief(tmp_path / "documenten").bewaar(buffer.getvalue())
    with schrijf(motor) as session:
        session.exec(select(Document).where(Document.kenmerk == "Z/1")).one().sha256 = sha
        session.exec(select(Bericht)).one().documenten = [sha]
    return buffer.getvalue()


def _echt_zegel(tmp_path: Path) -> Path:
    """A certificate as a municipality has it: its name is no rehearsal's."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

    from aanbesteding.documenten import zegel_oefen

    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Gemeente Lindeveen")])
    bouwer = zegel_oefen._bouwer(naam, naam, sleutel, NU - timedelta(days=1), timedelta(days=30))
    gebruik = zegel_oefen._gebruik(ondertekenen=True, uitgeven=False)
    certificaat = bouwer.add_extension(gebruik, critical=True).sign(sleutel, hashes.SHA256())
    pad = tmp_path / "gemeente.p12"
    pad.write_bytes(pkcs12.serialize_key_and_certificates(b"zegel", sleutel, certificaat, None, NoEncryption()))
    return pad


def _bijlage(mail: EmailMessage) -> bytes:
    [bijlage] = mail.iter_attachments()
    inhoud = bijlage.get_content()
    assert isinstance(inhoud, bytes)
    return inhoud


def test_een_echte_ronde_mailt_verzegelde_documenten_en_het_archief_blijft_zoals_het_was(
    motor: Engine, tmp_path: Path, ontvanger: tuple[Ontvanger, int]
) -> None:
    from aanbesteding.documenten.zegel_controle import Herkomst, controleer_zegels
    from aanbesteding.documenten.zegel_keuze import lees_vertrouwen

    hier, poort = ontvanger
    pdf = _echte_bijlage(tmp_path, motor, "a@voorbeeld.example", oefening=False)
    gekozen = _instellingen(tmp_path, poort).model_copy(update={"zegel_bestand": _echt_zegel(tmp_path)})
    assert verstuur(motor, gekozen, nu=NU).verstuurd == 1
    verzegeld = _bijlage(hier.post[0])
    assert verzegeld.startswith(pdf)
    [beeld] = controleer_zegels(verzegeld, lees_vertrouwen(gekozen))
    assert (beeld.goed, beeld.moment, beeld.herkomst) == (True, NU, Herkomst.EIGEN)
    assert Archief(tmp_path / "documenten").lees(_berichten(motor)[0].documenten[0]) == pdf


def test_een_oefening_krijgt_alleen_het_oefenzegel(motor: Engine, tmp_path: Path) -> None:
    from aanbesteding.documenten.zegel_controle import controleer_zegels
    from aanbesteding.documenten.zegel_keuze import lees_vertrouwen
    from aanbesteding.documenten.zegel_oefen import maak_oefenzegel

    pdf = _echte_bijlage(tmp_path, motor, "a@voorbeeld.example", oefening=True)
    gekozen = _instellingen(tmp_path).model_copy(update={"zegel_bestand": _echt_zegel(tmp_path)})
    maak_oefenzegel(gekozen.zegel_map, NU, "Gemeente Lindeveen")
    assert verstuur(motor, gekozen, nu=NU).verstuurd == 1
    [eml] = (tmp_path / "post" / "klein").glob("*.eml")
    mail = email.message_from_bytes(eml.read_bytes(), policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    verzegeld = _bijlage(mail)
    [beeld] = controleer_zegels(verzegeld, lees_vertrouwen(gekozen))
    assert verzegeld.startswith(pdf)
    assert (beeld.goed, beeld.oefening) == (True, True)


def test_een_zegel_dat_niet_kan_houdt_de_mail_tegen(
    motor: Engine, tmp_path: Path, ontvanger: tuple[Ontvanger, int]
) -> None:
    hier, poort = ontvanger
    _echte_bijlage(tmp_path, motor, "a@voorbeeld.example", oefening=False)
    gekozen = _instellingen(tmp_path, poort).model_copy(update={"zegel_bestand": tmp_path / "weg.p12"})
    assert verstuur(motor, gekozen, nu=NU).mislukt == 1
    assert "AANBESTEDING_ZEGEL_BESTAND" in _berichten(motor)[0].fout
    assert hier.post == []
