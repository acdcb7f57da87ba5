"""Sources of measurements: from a file to proposed values with remarks. No database: nothing is kept here.

`keuzes.Keuzes` says which column is what; `lezen.lees` reads a table with them; `toetsen.toets_rijen` says per row
whether it is new, known, a correction or wrong. What people answered to a survey leaves this package only as a share
or a mean per area and wave.
"""
