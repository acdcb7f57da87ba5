"""A change by hand in who judges what stands in the protocol, with its reason and without a name."""

import importlib
import json
from typing import Any

from aanbesteding.documenten.gegevens.protocol import beoordelingsprotocol
from aanbesteding.overzichten import vind
from aanbesteding.overzichten.doorgang import Doorgang
from aanbesteding.procedure import Poort

L = importlib.import_module("lindeveen")


def test_a_manual_change_is_printed_and_in_the_file(lindeveen: Any) -> None:
    loper = lindeveen("belangen")
    loper.doe("wijs_toe", L.LEIDER, "2027-03-31T10:00", coalitie="lange-tafel",
              beoordelaar="carla-wijnia", soort="niet", reden="Zij woont boven het buurthuis.")  # fmt: skip
    for wie in L.BEOORDELAARS:
        loper.doe("verklaar_belang", wie, "2027-03-31T11:00", coalitie="overige", belang=False)
    assert loper.passeer(Poort.TOEWIJZING, "2027-04-02T09:00")

    def bouw(session: Any, ronde: Any) -> Any:
        nu = L.op("2027-04-02T09:00")
        return beoordelingsprotocol(
            Doorgang(session, ronde, vind.regels(session, ronde), Poort.TOEWIJZING, 1, True, nu, nu)
        )[0]

    stuk = loper.kijk(bouw)
    (wijziging,) = stuk.opdracht.gegevens["wijzigingen"]
    assert (wijziging["soort"], wijziging["reden"]) == ("niet", "Zij woont boven het buurthuis.")
    assert "wijnia" not in json.dumps(stuk.opdracht.gegevens).lower()
    invoer = json.loads(next(b.tekst for b in stuk.opdracht.bijlagen if b.naam == "toewijzing.json"))["invoer"]
    assert invoer["wijzigingen"][0]["letter"] == wijziging["letter"]
