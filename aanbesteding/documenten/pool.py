"""The documents of one gate, made side by side in worker processes that stay warm.

Two workers are 2.1 times as fast as one (shared/kennis/pdf.md). Each worker stores its own PDFs in the archive
and only sends the address back. The archive is content-addressed, so a run that broke halfway is simply done
again.
"""

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Self

from aanbesteding.fouten import Omgevingsfout
from aanbesteding.instellingen import instellingen

from .archief import Archief
from .omgeving import controleer_omgeving
from .opdracht import Opdracht, Opgemaakt
from .opmaak import Opmaker

Uitkomst = tuple[str, int]
"""Address in the archive and size in bytes."""


class Documentpool:
    """`workers=0` makes everything in this process. Close it, or use it in a `with` block."""

    def __init__(
        self,
        archief: Path,
        *,
        workers: int | None = None,
        sjablonen: Path | None = None,
        huisstijlen: Path | None = None,
    ) -> None:
        gekozen = instellingen()
        self._workers = gekozen.render_processen if workers is None else workers
        self._mappen = (archief, sjablonen or gekozen.sjablonen_map, huisstijlen or gekozen.huisstijlen_map)
        self._tijdelijk = tempfile.TemporaryDirectory(prefix="documenten-")
        self._executor: ProcessPoolExecutor | None = None
        self._hier: Werker | None = None

    def maak_alle(self, opdrachten: Sequence[Opdracht]) -> list[Opgemaakt]:
        """Make and store every document; the result has the order of `opdrachten`.

        Raises Invoerfout for a faulty template or data, Omgevingsfout when a worker died. Documents that were
        finished before the fault stay in the archive, where nothing points to them.
        """
        uitkomsten = self._in_processen(opdrachten) if self._workers else self._in_dit_proces(opdrachten)
        return [Opgemaakt(o, sha256, grootte) for o, (sha256, grootte) in zip(opdrachten, uitkomsten, strict=True)]

    def sluit(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None
        self._tijdelijk.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _s: type[BaseException] | None, _f: BaseException | None, _t: TracebackType | None) -> None:
        self.sluit()

    def _in_dit_proces(self, opdrachten: Sequence[Opdracht]) -> list[Uitkomst]:
        if self._hier is None:
            self._hier = Werker(*self._mappen)
        return [self._hier.maak(opdracht) for opdracht in opdrachten]

    def _in_processen(self, opdrachten: Sequence[Opdracht]) -> list[Uitkomst]:
        executor = self._executor = self._executor or self._start()
        wachtend = []
        try:
            # Submitting can already fail: a worker may have died since the last call.
            wachtend = [executor.submit(_maak, opdracht) for opdracht in opdrachten]
            return [future.result() for future in wachtend]
        except BrokenProcessPool as fout:
            executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None
            raise Omgevingsfout(
                "Een proces dat documenten maakt, is plotseling gestopt. Vaak is er te weinig geheugen: geef de "
                "machine meer geheugen of zet AANBESTEDING_RENDER_PROCESSEN lager. Probeer het daarna opnieuw."
            ) from fout
        except BaseException:
            for future in wachtend:
                future.cancel()
            raise

    def _start(self) -> ProcessPoolExecutor:
        """Spawned, not forked: a fork copies the locks of our threads and the fonts of WeasyPrint."""
        # Checked here too, since a worker that fails in its initialiser only says "broken pool".
        controleer_omgeving(self._mappen[1])
        # Small algebra on many threads is 50 times slower; children must see this before they load numpy.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        return ProcessPoolExecutor(
            self._workers,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=(*self._mappen, Path(self._tijdelijk.name)),
        )


class Werker:
    """One process's share: makes a document and puts it into the archive."""

    def __init__(self, archief: Path, sjablonen: Path, huisstijlen: Path) -> None:
        self._archief = Archief(archief)
        self._opmaker = Opmaker(sjablonen, huisstijlen)

    def maak(self, opdracht: Opdracht) -> Uitkomst:
        inhoud = self._opmaker.render(opdracht)
        return self._archief.bewaar(inhoud), len(inhoud)


_werker: dict[str, Werker] = {}
"""The worker of this process; filled once by `_begin`."""


def _begin(archief: Path, sjablonen: Path, huisstijlen: Path, tijdelijk: Path) -> None:
    # WeasyPrint leaves a font folder behind when a worker is killed; the pool removes the parent of it.
    os.environ["TMPDIR"] = tempfile.tempdir = str(tijdelijk)
    _werker["hier"] = Werker(archief, sjablonen, huisstijlen)


def _maak(opdracht: Opdracht) -> Uitkomst:
    return _werker["hier"].maak(opdracht)
