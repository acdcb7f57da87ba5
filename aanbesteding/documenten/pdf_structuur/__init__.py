"""The structure tree of a PDF: what a screen reader reads, and in which order.

WeasyPrint 70 builds one from its layout boxes, page by page. So a table over two pages becomes two tables,
repeated headers are read out again, and cells, notes and links lack what PDF/UA-1 asks. We build our own:

    lezer.py      layout boxes -> Knopen: one for each HTML element, however many pages it covers
    orde.py       Knopen -> the nesting that PDF asks (list items, paragraphs), without empty ones
    tabel.py      refuses tables whose rows differ in width
    schrijver.py  Knopen -> PDF objects; what is not part of the text becomes an artifact
    haak.py       the one place where WeasyPrint calls us; checks its version
    rollen.py, knoop.py  the vocabulary

Standards: ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1), 7.
"""
