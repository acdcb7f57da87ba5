# Two commands matter: `make demo` and `make test`. Both install what is missing and can be run again.
PYTHON ?= $(shell command -v python3.11 || command -v python3)

.PHONY: help start eenheid demo kalibratie bench bench-pretalx test installeer lettertypen schoon
help:            ## show these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: installeer ## rehearse the whole round of Maassluis 2011-2013, from call to effect report
	@.venv/bin/aanbesteding demo

start: installeer ## open everything on this machine; VOORBEELD=beoordeling starts inside the example round
	@.venv/bin/aanbesteding start $(if $(VOORBEELD),--voorbeeld $(VOORBEELD))

test:            ## install what the tests need and run every check and test
	@$(PYTHON) gereedschap/installeer.py --tests
	@.venv/bin/python gereedschap/toets.py

kalibratie: installeer ## simulate rounds through the whole chain: how often is a verdict on effect wrong?
	@.venv/bin/python gereedschap/kalibratie.py $(if $(TREKKINGEN),--trekkingen $(TREKKINGEN))

bench: installeer ## show our timings beside those of ../shared/kennis (calculations, documents, pages)
	@.venv/bin/python gereedschap/bench.py

bench-pretalx:   ## install pretalx in an environment of its own, so that `make bench` measures it beside us
	@.venv/bin/python gereedschap/bench_webpretalx.py

eenheid:         ## only the unit layer: seconds, after a first `make test`
	@.venv/bin/pytest -q -n 2 -m "not keten"

installeer:      ## install what the product needs (Debian packages, .venv, fonts)
	@$(PYTHON) gereedschap/installeer.py

lettertypen: installeer  ## fetch the pinned fonts and styles (a part of installeer)

schoon:          ## remove the environment and what was made; your data folder stays
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache build dist
