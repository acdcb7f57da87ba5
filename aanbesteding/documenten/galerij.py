"""A gallery of every kind of document with its example data: one HTML page with pictures, for who edits templates.

A kind is made again only when something that it shows has changed: its order, its templates and styles, the house
style, or our own code. One broken template never hides the others.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import weasyprint

from aanbesteding.fouten import Gebruikersfout, Invoerfout

from .archief import Archief
from .herkomst import gebruikte_sjablonen
from .huisstijl import Huisstijl, laad_huisstijl
from .opdracht import Opdracht, Opgemaakt
from .opmaak import Opmaker
from .paginabeeld import maak_beelden
from .pool import Documentpool
from .sjabloon import maak_omgeving, vul
from .soorten import Soort, alle_soorten, soort
from .stijlblad import controleer_stijlblad
from .taal import Taalregels, taalregels, toets_soort
from .voorbeeld import voorbeeld_opdracht

STAND = "galerij.json"


@dataclass(frozen=True)
class Kaart:
    """One kind in the gallery: its pages, or the fault that stood in the way."""

    sleutel: str
    titel: str
    poort: str
    openbaar: bool
    ontvanger: str
    bewaren: str
    sjabloon: str
    huisstijl: str = ""
    inhoud: str = ""
    """Hash of everything that the document is made from; empty for a fault, so that it is tried again."""
    documenttitel: str = ""
    grootte: int = 0
    paginas: list[str] = field(default_factory=list)
    taal: dict[str, Any] = field(default_factory=dict)
    fout: str = ""
    vernieuwd: bool = field(default=False, compare=False)

    @property
    def pdf(self) -> str:
        return f"{self.sleutel}/document.pdf"


@dataclass(frozen=True)
class Galerij:
    """What was made: `pad` is the page to open."""

    pad: Path
    kaarten: list[Kaart]

    @property
    def fouten(self) -> list[Kaart]:
        return [k for k in self.kaarten if k.fout]

    @property
    def vernieuwd(self) -> int:
        return sum(k.vernieuwd for k in self.kaarten)


def maak_galerij(
    naar: Path,
    *,
    sjablonen: Path,
    huisstijlen: Path,
    huisstijl: str = "",
    soorten: Sequence[str] = (),
    workers: int = 2,
) -> Galerij:
    """Make or renew the gallery in the folder `naar`; without `soorten` every kind.

    `huisstijl`: a key, or empty for the one in the example. Raises NietGevonden for an unknown house style or
    kind, Invoerfout for a faulty house style or a folder that holds something else. Faults of one kind are kept
    in its card.
    """
    gekozen = [soort(s, sjablonen) for s in soorten] or list(alle_soorten(sjablonen).values())
    if huisstijl:
        laad_huisstijl(huisstijl, huisstijlen)
    vorige = _lees_stand(naar)
    maker = _Maker(naar, sjablonen, huisstijlen, huisstijl, vorige)
    kaarten = maker.maak(gekozen, workers)
    _schrijf(
        naar,
        _aangevuld(kaarten, vorige, sjablonen),
        sjablonen,
        laad_huisstijl(huisstijl or _stijl_van(gekozen[0]), huisstijlen),
    )
    return Galerij(naar / "index.html", kaarten)


def _aangevuld(kaarten: list[Kaart], vorige: dict[str, Kaart], sjablonen: Path) -> list[Kaart]:
    """The cards of this run, and those that an earlier run made in the same house style."""
    stijlen, nieuw = {k.huisstijl for k in kaarten}, {k.sleutel: k for k in kaarten}
    oud = {s: k for s, k in vorige.items() if k.huisstijl in stijlen}
    return [(oud | nieuw)[s] for s in alle_soorten(sjablonen) if s in oud or s in nieuw]


def _stijl_van(gekozen: Soort) -> str:
    return voorbeeld_opdracht(gekozen.sleutel, gekozen.sjablonen).huisstijl


def _lees_stand(naar: Path) -> dict[str, Kaart]:
    if naar.exists() and not naar.is_dir():
        raise Invoerfout(f"{naar} is een bestand en geen map; kies een map", waar="--naar")
    stand = naar / STAND
    if not stand.is_file():
        if naar.is_dir() and any(naar.iterdir()):
            raise Invoerfout(f"de map {naar} is niet leeg en is geen galerij; kies een nieuwe map", waar="--naar")
        return {}
    try:
        return {k["sleutel"]: Kaart(**k) for k in json.loads(stand.read_text(encoding="utf-8"))}
    except (ValueError, TypeError, KeyError):
        return {}  # from another version of the gallery: everything is made again


class _Maker:
    """Makes the cards of one run."""

    def __init__(
        self, naar: Path, sjablonen: Path, huisstijlen: Path, huisstijl: str, vorige: dict[str, Kaart]
    ) -> None:
        self._naar, self._sjablonen, self._huisstijlen = naar, sjablonen, huisstijlen
        self._huisstijl, self._vorige = huisstijl, vorige
        self._archief = Archief(naar / ".archief")
        self._opmaker: Opmaker | None = None
        self._regels = taalregels(sjablonen)

    def maak(self, soorten: Sequence[Soort], workers: int) -> list[Kaart]:
        kaarten: dict[str, Kaart] = {}
        te_doen: list[tuple[Soort, Opdracht, str]] = []
        for s in soorten:
            try:
                opdracht, inhoud = self._opdracht(s)
            except (Gebruikersfout, ValueError, KeyError) as fout:
                kaarten[s.sleutel] = self._met_fout(s, fout)
                continue
            oud = self._vorige.get(s.sleutel)
            if oud and oud.inhoud == inhoud and (self._naar / oud.pdf).is_file():
                kaarten[s.sleutel] = replace(oud, vernieuwd=False)
            else:
                te_doen.append((s, opdracht, inhoud))
        for (s, _, inhoud), uitkomst in zip(te_doen, self._render([o for _, o, _ in te_doen], workers), strict=True):
            kaarten[s.sleutel] = self._kaart(s, inhoud, uitkomst)
        return [kaarten[s.sleutel] for s in soorten]

    def _opdracht(self, s: Soort) -> tuple[Opdracht, str]:
        opdracht = voorbeeld_opdracht(s.sleutel, self._sjablonen)
        if self._huisstijl:
            opdracht = replace(opdracht, huisstijl=self._huisstijl)
        stijl = laad_huisstijl(opdracht.huisstijl, self._huisstijlen)
        inhoud = inhoudshash(s, opdracht, stijl)
        for blad in _bladen(s):
            controleer_stijlblad(blad, self._sjablonen)
        return opdracht, inhoud

    def _render(self, opdrachten: Sequence[Opdracht], workers: int) -> list[Opgemaakt | Gebruikersfout]:
        """Every order by itself, so that a fault stays with its own document; side by side in the pool."""
        if not opdrachten:
            return []
        werkers = min(workers, len(opdrachten))
        with Documentpool(
            self._naar / ".archief", workers=werkers, sjablonen=self._sjablonen, huisstijlen=self._huisstijlen
        ) as pool:
            # The first alone: it starts the processes, which two threads must not do at once.
            eerste = _een(pool, opdrachten[0])
            with ThreadPoolExecutor(max(werkers, 1)) as draden:
                return [eerste, *draden.map(lambda o: _een(pool, o), opdrachten[1:])]

    def _kaart(self, s: Soort, inhoud: str, uitkomst: Opgemaakt | Gebruikersfout) -> Kaart:
        if isinstance(uitkomst, Gebruikersfout):
            return self._met_fout(s, uitkomst)
        pdf = self._archief.lees(uitkomst.sha256)
        folder = self._naar / s.sleutel
        shutil.rmtree(folder, ignore_errors=True)
        paginas = maak_beelden(pdf, folder)
        (folder / "document.pdf").write_bytes(pdf)
        return replace(
            _leeg(s),
            huisstijl=self._huisstijl,
            inhoud=inhoud,
            documenttitel=uitkomst.opdracht.titel,
            grootte=uitkomst.grootte,
            paginas=[f"{s.sleutel}/{p}" for p in paginas],
            taal=self._taal(s, self._regels),
            vernieuwd=True,
        )

    def _taal(self, s: Soort, regels: Taalregels) -> dict[str, Any]:
        self._opmaker = self._opmaker or Opmaker(self._sjablonen, self._huisstijlen)
        uitslag = toets_soort(s, self._opmaker, regels)
        vondsten = [f"{v.plek or s.sjabloon}: {v.bevinding.fragment} – {v.bevinding.advies}" for v in uitslag.vondsten]
        return asdict(uitslag.cijfers) | {"in_orde": uitslag.in_orde, "vondsten": list(dict.fromkeys(vondsten))}

    def _met_fout(self, s: Soort, fout: Exception) -> Kaart:
        tekst = fout.bericht if isinstance(fout, Gebruikersfout) else f"voorbeeld.toml: {fout}"
        shutil.rmtree(self._naar / s.sleutel, ignore_errors=True)  # no old picture beside a fault
        return replace(_leeg(s), huisstijl=self._huisstijl, fout=tekst, vernieuwd=True)


def _een(pool: Documentpool, opdracht: Opdracht) -> Opgemaakt | Gebruikersfout:
    try:
        return pool.maak_alle([opdracht])[0]
    except Gebruikersfout as fout:
        return fout


def _leeg(s: Soort) -> Kaart:
    m = s.metadata
    jaren = f"{m.bewaartermijn.jaren} jaar" if m.bewaartermijn.jaren else "blijvend"
    return Kaart(s.sleutel, m.titel, m.poort, m.openbaar, m.ontvanger, jaren, s.sjabloon)


def _bladen(s: Soort) -> list[Path]:
    return [*sorted((s.sjablonen / "huisstijl").glob("*.css")), *([s.stijl] if s.stijl else [])]


def inhoudshash(s: Soort, opdracht: Opdracht, stijl: Huisstijl) -> str:
    """Everything that the PDF and its language figures depend on, as 64 hex digits."""
    paden = [
        *gebruikte_sjablonen(s.sjabloon, s.sjablonen),
        *_bladen(s),
        s.sjablonen / "taal.toml",
        *(p for p in sorted(stijl.map.iterdir()) if p.is_file()),
        *sorted((s.sjablonen / s.folder).glob("*")),
    ]
    som = hashlib.sha256(_codehash(s.sjablonen).encode())
    som.update(json.dumps({"opdracht": asdict(opdracht), "soort": s.metadata.model_dump()}, default=str).encode())
    for pad in dict.fromkeys(p for p in paden if p.is_file()):
        som.update(f"{pad.name}\0{hashlib.sha256(pad.read_bytes()).hexdigest()}\0".encode())
    return som.hexdigest()


@cache
def _codehash(sjablonen: Path) -> str:
    """Our own code for documents, the fonts and WeasyPrint: what every document depends on."""
    pakket = Path(__file__).parents[1]
    code = [*(pakket / "documenten").rglob("*.py"), *(pakket / "kern").glob("*.py")]
    fonts = (sjablonen / "huisstijl" / "fonts").glob("*.ttf")
    som = hashlib.sha256(weasyprint.__version__.encode())
    for pad in sorted([*code, *fonts]):
        som.update(hashlib.sha256(pad.read_bytes()).digest())
    return som.hexdigest()


def _schrijf(naar: Path, kaarten: list[Kaart], sjablonen: Path, stijl: Huisstijl) -> None:
    naar.mkdir(parents=True, exist_ok=True)
    html = vul(
        maak_omgeving(sjablonen),
        "galerij/index.html",
        {"kaarten": kaarten, "gemeente": stijl},
    )
    (naar / "index.html").write_text(html, encoding="utf-8")
    shutil.copyfile(sjablonen / "galerij" / "stijl.css", naar / "stijl.css")
    stand = [{k: v for k, v in asdict(kaart).items() if k != "vernieuwd"} for kaart in kaarten]
    (naar / STAND).write_text(json.dumps(stand, ensure_ascii=False, indent=1), encoding="utf-8")
    shutil.rmtree(naar / ".archief", ignore_errors=True)
