"""The table of rights, as a table: every act has one, and who, from when and until when are each enforced."""

import sys
from datetime import timedelta

import pytest

from aanbesteding.fouten import GeenToestemming
from aanbesteding.handelingen import ACTIES
from aanbesteding.procedure import Poort, Rol
from aanbesteding.rechten import RECHTEN, einde, toets_recht
from aanbesteding.rondemap import lees_rondemap

L = sys.modules["lindeveen"]
TERMIJNEN = lees_rondemap(L.MAP).regels.termijnen
VROEG = L.op("2027-01-12T10:00")


def test_every_act_has_a_right_and_every_right_an_act() -> None:
    assert set(RECHTEN) == set(ACTIES)


def _toets(naam: str, rol: Rol, gepasseerd: set[str], nu=VROEG) -> None:  # type: ignore[no-untyped-def]
    toets_recht(naam, rollen={rol.value}, gepasseerd=gepasseerd, termijnen=TERMIJNEN, nu=nu)


@pytest.mark.parametrize("naam", sorted(RECHTEN))
@pytest.mark.parametrize("rol", list(Rol))
def test_only_the_named_roles(naam: str, rol: Rol) -> None:
    recht = RECHTEN[naam]
    gepasseerd = {recht.na.value} if recht.na else set()
    if rol in recht.rollen:
        _toets(naam, rol, gepasseerd)
    else:
        with pytest.raises(GeenToestemming, match="mag alleen"):
            _toets(naam, rol, gepasseerd)


@pytest.mark.parametrize("naam", sorted(n for n, r in RECHTEN.items() if r.na))
def test_not_before_its_gate(naam: str) -> None:
    with pytest.raises(GeenToestemming, match="kan nog niet"):
        _toets(naam, RECHTEN[naam].rollen[0], set())


@pytest.mark.parametrize("naam", sorted(n for n, r in RECHTEN.items() if r.voor))
def test_not_after_its_gate(naam: str) -> None:
    recht = RECHTEN[naam]
    gepasseerd = {p.value for p in (recht.na, recht.voor) if p}
    with pytest.raises(GeenToestemming, match="al gepasseerd"):
        _toets(naam, recht.rollen[0], gepasseerd)


@pytest.mark.parametrize("naam", sorted(n for n, r in RECHTEN.items() if r.tot))
def test_up_to_and_including_the_last_second(naam: str) -> None:
    recht = RECHTEN[naam]
    tot = einde(getattr(TERMIJNEN, recht.tot))
    assert tot is not None
    gepasseerd = {recht.na.value} if recht.na else set()
    _toets(naam, recht.rollen[0], gepasseerd, tot)
    with pytest.raises(GeenToestemming, match="de termijn sloot op"):
        _toets(naam, recht.rollen[0], gepasseerd, tot + timedelta(microseconds=1))


def test_who_leads_never_scores_and_who_decides_never_changes_a_score() -> None:
    for naam in ("score", "vergrendel", "consensus", "oordeel", "verklaar_belang"):
        assert not {Rol.PROJECTLEIDER, Rol.WETHOUDER} & set(RECHTEN[naam].rollen)


def test_nobody_opens_the_vault_before_closing() -> None:
    assert RECHTEN["open_kluis"].na == Poort.SLUITING
