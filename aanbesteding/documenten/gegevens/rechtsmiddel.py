"""Which remedy a decision offers and until when: it follows from the instrument of the round (domein.md L16).

A subsidy is decided under the Awb: objection. A contract (opdracht) is a private-law choice: the civil court,
within the standstill term, in which the municipality may not sign. A challenge (uitdaagrecht, article 150
Gemeentewet) names objection, so that nobody misses a term; the committee on objections judges whether it is open.
"""

from datetime import date

from ...overzichten.doorgang import Doorgang
from ...regels import Instrument
from ...termijnen import bezwaartermijn_einde, naar_amsterdam, termijn_einde

STANDSTILL_DAGEN = 20
"""Calendar days between sending the choice and signing (Aanbestedingswet 2012, art. 2.127 lid 1 and 3)."""
BESLUITBRIEVEN = frozenset({"selectiebrief", "afwijzingsbrief", "niet-ontvankelijkbrief", "beschikking"})
"""The letters that are a decision with legal effect; only these carry a remedy (Awb 3:45)."""


def rechtsmiddel(d: Doorgang) -> dict[str, date | str]:
    """`bezwaar_tot` and `kort_geding_tot`: one is the last day, counted from the day of sending; the other ''."""
    return rechtsmiddel_op(d.regels.ronde.instrument, naar_amsterdam(d.nu).date())


def rechtsmiddel_op(instrument: Instrument, verzonden: date) -> dict[str, date | str]:
    """As `rechtsmiddel`, for an instrument and a day of sending. A last day is always a working day (Atw art. 1)."""
    if instrument == "opdracht":
        return {"bezwaar_tot": "", "kort_geding_tot": termijn_einde(verzonden, STANDSTILL_DAGEN)}
    return {"bezwaar_tot": bezwaartermijn_einde(verzonden), "kort_geding_tot": ""}
