"""Tags on flow runs, so that an operator finds a round; not on task runs.

Prefect asks its server for a concurrency slot for every task run that carries a tag: 0.1 s each, for nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from prefect import tags
from prefect.context import TagsContext


@contextmanager
def van_ronde(kenmerk: str) -> Iterator[None]:
    """Flow runs that start in here carry `ronde:<kenmerk>`."""
    with tags(f"ronde:{kenmerk}"):
        yield


@contextmanager
def zonder() -> Iterator[None]:
    """Task runs that start in here carry no tags, whatever their flow run carries."""
    with TagsContext(current_tags=set()):
        yield
