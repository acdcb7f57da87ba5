"""Why a record is not public: the ground of the Wet open overheid (Woo), per kind of record.

Provisional, as the index says: on a request the municipality weighs every document again (Woo art. 5.1, 5.2).
"""

_PERSOON = "Woo artikel 5.1, tweede lid, onder e: persoonlijke levenssfeer van mensen die in het stuk staan"
_BERAAD = "Woo artikel 5.2, eerste lid: persoonlijke beleidsopvattingen in een stuk voor intern beraad"
_INTERN = frozenset({
    "collegevoorstel-start", "collegevoorstel-selectie", "collegevoorstel-plannen", "beoordelingsrapport-intern",
    "planbeoordeling", "scoreformulier", "staat-van-voorstellen",
})  # fmt: skip


def woo_grond(soort: str, *, openbaar: bool) -> str:
    """The ground for keeping this kind of record closed; empty for a public one."""
    if openbaar:
        return ""
    return _BERAAD if soort in _INTERN else _PERSOON
