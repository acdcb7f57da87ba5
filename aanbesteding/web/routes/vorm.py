"""What the pages of the project leader share: who leads, and a form that is shown again with what was typed."""

from typing import Annotated

from fastapi import Depends

from ...fouten import Gebruikersfout, Invoerfout
from ...procedure import Rol
from ..doen import per_veld, zonder_raad
from ..middelen import Plek, rol

Leidt = Annotated[Plek, Depends(rol(Rol.PROJECTLEIDER))]
LeidtOfLeest = Annotated[Plek, Depends(rol(Rol.PROJECTLEIDER, Rol.JURIST))]

Fouten = dict[str, list[str]]


def fouten_uit(fout: Gebruikersfout) -> Fouten:
    """Faults by field, also of an act that came too late: the page stays, with everything that was typed."""
    return per_veld(fout) if isinstance(fout, Invoerfout) else {"": [zonder_raad(fout)]}
