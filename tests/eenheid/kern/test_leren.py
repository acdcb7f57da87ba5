"""Groups of coalitions side by side: what may be said, and what not."""

from hypothesis import given
from hypothesis import strategies as st

from aanbesteding.kern.leren import GUNSTIG, KLEINSTE_GROEP, Ervaring, prikkels


def ervaring(uren: int = 0, score: float | None = 0.5, **anders: object) -> Ervaring:
    velden: dict[str, object] = {
        "ronde": "r", "coalitie": "c", "naam": "C", "adviesuren": uren, "ander_geld": 0.3, "bijeenkomsten": None,
        "score": score, "gekozen": False,
    }  # fmt: skip
    return Ervaring(**(velden | anders))  # type: ignore[arg-type]


def expertise(*alle: Ervaring) -> object:
    return next(p for p in prikkels(alle) if p.sleutel == "expertise")


def test_small_groups_get_numbers_and_no_claim() -> None:
    uit = expertise(*[ervaring(0, 0.1)] * 4, *[ervaring(10, 0.9)] * 4)
    assert [(g.aantal, g.score) for g in uit.groepen] == [(4, 0.1), (4, 0.9)]  # type: ignore[attr-defined]
    assert "te klein" in uit.zin  # type: ignore[attr-defined]


def test_large_groups_are_compared_with_the_warning() -> None:
    zin = expertise(*[ervaring(0, 0.1)] * 5, *[ervaring(10, 0.9)] * 5).zin  # type: ignore[attr-defined]
    assert zin.startswith("Coalities met ‘meer dan 8 uur’ scoorden hoger dan die met ‘geen uren’.")
    assert "iets anders" in zin
    gelijk = expertise(*[ervaring(0, 0.5)] * 5, *[ervaring(10, 0.55)] * 5).zin  # type: ignore[attr-defined]
    assert "lijken op elkaar" in gelijk


def test_a_hint_that_things_got_worse_is_not_an_improvement() -> None:
    slechter = ervaring(gekozen=True, oordelen=(("waarschijnlijk", False),))
    beter = ervaring(gekozen=True, oordelen=(("niet aangetoond", True), ("aanwijzing", True)))
    niets = ervaring(gekozen=True, oordelen=(("niet aangetoond", True),))
    (groep,) = expertise(slechter, beter, niets, ervaring()).groepen  # type: ignore[attr-defined]
    assert (groep.aantal, groep.gekozen, groep.gemeten, groep.gunstig) == (4, 3, 3, 1)


def test_an_incentive_that_nobody_logged_stays_out() -> None:
    assert "bijeenkomsten" not in {p.sleutel for p in prikkels([ervaring()])}
    assert prikkels([]) == ()


@given(
    st.lists(
        st.builds(
            ervaring,
            st.integers(0, 40),
            st.none() | st.floats(0, 1),
            ander_geld=st.floats(0, 1),
            bijeenkomsten=st.none() | st.integers(0, 9),
            gekozen=st.booleans(),
            oordelen=st.lists(st.tuples(st.sampled_from([*GUNSTIG, "niet aangetoond"]), st.booleans())).map(tuple),
        ),
        max_size=30,
    )
)
def test_every_coalition_is_in_exactly_one_group(alle: list[Ervaring]) -> None:
    for p in prikkels(alle):
        bekend = [e for e in alle if p.sleutel != "bijeenkomsten" or e.bijeenkomsten is not None]
        assert sum(g.aantal for g in p.groepen) == len(bekend)
        assert all(0 <= g.gunstig <= g.gemeten <= g.aantal and g.gekozen <= g.aantal for g in p.groepen)
        if sum(g.aantal >= KLEINSTE_GROEP for g in p.groepen) < 2:
            assert "te klein" in p.zin
