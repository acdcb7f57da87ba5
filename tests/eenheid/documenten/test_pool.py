"""All documents of a gate: in this process or in workers, with the same result, and clear when a worker dies."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from aanbesteding.documenten.archief import Archief
from aanbesteding.documenten.opmaak import Opmaker
from aanbesteding.documenten.pool import Documentpool
from aanbesteding.documenten.voorbeeld import voorbeeld_opdracht
from aanbesteding.fouten import Invoerfout, Omgevingsfout

pytestmark = pytest.mark.keten  # whole rounds, real PDFs or processes

SOORTEN = ("verzuimbrief", "toewijzingsbrief", "uitnodiging")


def test_in_dit_proces(tmp_path: Path, opmaker: Opmaker) -> None:
    opdrachten = [voorbeeld_opdracht(s) for s in SOORTEN]
    with Documentpool(tmp_path, workers=0) as pool:
        gemaakt = pool.maak_alle(opdrachten)
    assert [g.opdracht for g in gemaakt] == opdrachten
    for g in gemaakt:
        inhoud = Archief(tmp_path).lees(g.sha256)
        assert inhoud == opmaker.render(g.opdracht)
        assert g.grootte == len(inhoud)


def test_niets_te_maken(tmp_path: Path) -> None:
    with Documentpool(tmp_path, workers=0) as pool:
        assert pool.maak_alle([]) == []


def test_processen_geven_dezelfde_bytes_fouten_komen_over_en_een_dood_proces_is_te_overleven(tmp_path: Path) -> None:
    """One test, since starting workers is what takes time."""
    opdrachten = [voorbeeld_opdracht(s) for s in SOORTEN]
    with Documentpool(tmp_path / "hier", workers=0) as hier:
        verwacht = [g.sha256 for g in hier.maak_alle(opdrachten)]
    with Documentpool(tmp_path / "daar", workers=1) as pool:
        assert [g.sha256 for g in pool.maak_alle(opdrachten)] == verwacht
        kapot = replace(opdrachten[0], gegevens={**opdrachten[0].gegevens, "ontbreekt": ["😀"]})
        with pytest.raises(Invoerfout, match="verzuimbrief"):
            pool.maak_alle([opdrachten[1], kapot])
        assert pool._executor is not None
        for pid in list(pool._executor._processes):
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(Omgevingsfout, match="plotseling gestopt"):
            pool.maak_alle(opdrachten)
        assert [g.sha256 for g in pool.maak_alle(opdrachten)] == verwacht
        tijdelijk = Path(pool._tijdelijk.name)
        assert tijdelijk.is_dir()
    assert not tijdelijk.exists()
