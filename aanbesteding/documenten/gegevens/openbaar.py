"""Before a gate passes: public documents are searched for people, and what was agreed is put in their place.

Free text by people ends up in public documents. A name there stops the gate with a message that says where it
stands and how to mend it; it is never published in silence, and never removed in silence either. Some texts can
no longer change (a question, the title of a proposal): for those the project leader writes in the house style's
`openbaar.toml` what the document shows instead, or that the name may stay, each with a reason.
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlmodel import Session, col, select

from ...fouten import Invoerfout
from ...instellingen import instellingen
from ...model import Deelnemer, Organisatie, Persoon, Rolhouder, Ronde
from ...procedure import Rol
from ...regels import Regels, Tekst
from ..huisstijl import laad_huisstijl
from ..opdracht import Bijlage, Opdracht
from ..openbaarheid import Afspraak, Mens, Verboden, Vondst, bekijk, effen
from .basis import Stuk

BESTAND = "openbaar.toml"
IN_WOORDEN = {Rol.ORGANISATIE.value: "contactpersoon", Rol.PENVOERDER.value: "contactpersoon",
              Rol.TWEEDE.value: "medewerker"}  # fmt: skip
HANDELINGEN = {
    "oproep": ("de regels van de ronde", ""),
    "nota-van-inlichtingen": ("het antwoord", "beantwoord_vraag"),
    "verslag-startbijeenkomst": ("het verslag", "startbijeenkomst"),
    "beoordelingsrapport-openbaar": ("de reden of het oordeel", "consensus' of 'oordeel"),
    "besluit": ("de tekst van het besluit", "besluit"),
    "voortgangsrapportage": ("de voortgang", "voortgang"),
    "effectrapport": ("de duiding of het meetplan", "duiding' of 'meetplan"),
    "eindevaluatie": ("de evaluatie", "evaluatie"),
}
"""Kind of public document → which text people can still write anew before the gate passes, and with which act."""


class _Regel(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    waarde: Tekst
    reden: Tekst
    toon: str = ""


class _Bestand(BaseModel):
    model_config = ConfigDict(extra="forbid")
    afspraak: list[_Regel] = Field(default_factory=list)


def verboden(session: Session, ronde: Ronde, regels: Regels) -> Verboden:
    """Who takes part in this round and stays out of its public documents.

    A wethouder answers in public for decisions, so that name may be said; telephone and e-mail may not.
    Raises Invoerfout for a house style's `openbaar.toml` that cannot be read.
    """
    vraag = select(Deelnemer, Persoon, Rolhouder.rol).join(Persoon).join(Rolhouder)
    rijen = session.exec(vraag.where(Deelnemer.ronde_id == ronde.id).order_by(col(Deelnemer.sleutel))).all()
    openlijk = {d.sleutel for d, _, rol in rijen if rol == Rol.WETHOUDER}
    per = {d.sleutel: _mens(d, p, rol, openlijk=d.sleutel in openlijk) for d, p, rol in rijen}
    organisaties = session.exec(select(Organisatie.naam).where(Organisatie.ronde_id == ronde.id))
    stijl, contact = laad_huisstijl(ronde.gemeente, instellingen().huisstijlen_map), regels.ronde.contact
    eigen = (stijl.email, stijl.telefoon, contact.email, contact.telefoon, contact.adres)
    return Verboden(tuple(per.values()), (*organisaties, *eigen), afspraken(ronde.gemeente))


def _mens(wie: Deelnemer, persoon: Persoon, rol: str, *, openlijk: bool) -> Mens:
    slug = _slug(persoon.naam)
    herkenbaar = not openlijk and "-" in slug and set(slug.split("-")) <= set(wie.sleutel.split("-"))
    return Mens(
        naam="" if openlijk else persoon.naam,
        rol=IN_WOORDEN.get(rol, rol),
        email=persoon.email,
        telefoon=persoon.telefoon,
        sleutels=(wie.sleutel,) if herkenbaar else (),
    )


def _slug(naam: str) -> str:
    kaal = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", kaal).strip("-")


def afspraken(gemeente: str) -> tuple[Afspraak, ...]:
    """The values about which the municipality decided; none where the file does not exist."""
    pad = instellingen().huisstijlen_map / gemeente / BESTAND
    waar = f"huisstijlen/{gemeente}/{BESTAND}"
    if not pad.is_file():
        return ()
    try:
        regels = _Bestand.model_validate(tomllib.loads(pad.read_text(encoding="utf-8"))).afspraak
    except tomllib.TOMLDecodeError as fout:
        raise Invoerfout(f"dit is geen geldige TOML: {fout}", waar=waar) from fout
    except ValidationError as fout:
        velden = [f"{'.'.join(str(d) for d in f['loc'])}: ontbreekt of is onbekend" for f in fout.errors()]
        raise Invoerfout([*velden, "schrijf [[afspraak]] met waarde, reden en zo nodig toon"], waar=waar) from fout
    return tuple(Afspraak(r.waarde, r.reden, r.toon) for r in regels)


def maak_openbaar(stukken: Sequence[Stuk], grens: Verboden, *, waar: str, gemeente: str) -> tuple[Stuk, ...]:
    """The documents with agreed values in place. Raises Invoerfout that names every forbidden value left."""
    klaar = tuple(_met_afspraken(s, grens.afspraken) if s.opdracht.openbaar else s for s in stukken)
    vondsten = [(s.opdracht, v) for s in klaar if s.opdracht.openbaar for v in bekijk(s.opdracht, grens)]
    if vondsten:
        raise Invoerfout(_uitleg(vondsten, gemeente), waar=waar)
    return klaar


def _uitleg(vondsten: list[tuple[Opdracht, Vondst]], gemeente: str) -> list[str]:
    regels = [f"het openbare document ‘{v.document}’ noemt {v.wat} ‘{v.waarde}’ bij: {v.plek}" for _, v in vondsten]
    for soort in dict.fromkeys(o.soort for o, _ in vondsten):
        wat, handeling = HANDELINGEN.get(soort, ("de tekst", ""))
        regels.append(
            f"{wat}: schrijf opnieuw zonder naam of gegevens" + (f" (handeling '{handeling}')" if handeling else "")
        )
    regels.append(
        f"kan de tekst niet meer veranderen of hoort de naam daar? Zet in huisstijlen/{gemeente}/{BESTAND} een "
        "[[afspraak]] met waarde, reden en toon (wat het document laat zien; leeg: de waarde blijft staan)"
    )
    return regels


def _met_afspraken(stuk: Stuk, lijst: Sequence[Afspraak]) -> Stuk:
    vervang = [a for a in lijst if a.toon]
    if not vervang:
        return stuk
    o = stuk.opdracht
    return replace(stuk, opdracht=replace(
        o,
        titel=_vervang(o.titel, vervang),
        gegevens=_diep(o.gegevens, vervang),
        bijlagen=tuple(_bijlage(b, vervang) for b in o.bijlagen),
    ))  # fmt: skip


def _vervang(tekst: str, lijst: Sequence[Afspraak]) -> str:
    for a in lijst:
        patroon = r"\s+".join(map(re.escape, effen(a.waarde).split()))
        tekst = re.sub(rf"(?<!\w){patroon}(?!\w)", lambda _, a=a: a.toon, tekst, flags=re.IGNORECASE)  # type: ignore[misc]
    return tekst


def _diep(waarde: Any, lijst: Sequence[Afspraak]) -> Any:
    if isinstance(waarde, dict):
        return {sleutel: _diep(deel, lijst) for sleutel, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [_diep(deel, lijst) for deel in waarde]
    return _vervang(waarde, lijst) if isinstance(waarde, str) else waarde


def _bijlage(b: Bijlage, lijst: Sequence[Afspraak]) -> Bijlage:
    """JSON is read and written again, so that a quotation mark in `toon` cannot break it."""
    if not b.naam.endswith(".json"):
        return replace(b, tekst=_vervang(b.tekst, lijst))
    vast = _diep(json.loads(b.tekst), lijst)
    return replace(b, tekst=json.dumps(vast, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
