"""Documents: data in, PDF in the archive out.

    Opdracht (opdracht.py)  one document as plain values; its moment is the only clock
      -> soorten.py         sjablonen/documenten/<soort>/metadata.toml: gate, public, retention, template
      -> huisstijl.py       config/huisstijlen/<gemeente>/: colours, mark, addresses, who signs
      -> sjabloon.py        Jinja2, strict, Dutch notation; grafieken.py draws the charts
      -> tekens.py          refuses characters that our font lacks
      -> pdf.py             WeasyPrint, closed to the network, errors instead of log lines: PDF/A-3a and PDF/UA-1
         pdf_structuur/     what a screen reader reads; pdf_metadata.py: what the file says about itself
         pdf_lezen.py       reads those fields and the attachments back
      -> pool.py            all documents of a gate, in worker processes
      -> archief.py         content-addressed store

A new kind is a folder: sjabloon.html (extends huisstijl/basis.html or huisstijl/brief.html, imports
huisstijl/macros.html "with context"), metadata.toml, voorbeeld.toml and if needed stijl.css. Values in the data
that are money end in `_cent` (filter `euro`) or `_euro` (whole euros, filter `hele_euros`); moments are ISO text.
Gegevens in `gegevens/` builds the data of each kind from the database.
"""
