import time
from tests.browser.test_paginas import MOMENT, _paden, RONDE
def test_prof(site, als):
    k = als(site("scoren", MOMENT["scoren"]), "aisha-terpstra")
    from tests.browser.conftest import AXE
    T={}
    def t(n,f):
        s=time.monotonic(); r=f(); T[n]=T.get(n,0)+time.monotonic()-s; return r
    src=AXE.read_text()
    doen=[f"/werk/{RONDE}","/mijn"]; g=set(); n=0
    while doen and n<25:
        p=doen.pop(0)
        if p.partition("?")[0] in g: continue
        g.add(p.partition("?")[0]); n+=1
        t("goto",lambda:k.pagina.goto(k.site.adres+p, wait_until="load"))
        t("foto",lambda:k.pagina.screenshot(path="/tmp/x.png",full_page=True))
        t("fotojpg",lambda:k.pagina.screenshot(path="/tmp/x.jpg",full_page=True,type="jpeg",quality=60))
        t("bron",lambda:k.pagina.evaluate(src))
        t("axe",lambda:k.pagina.evaluate("() => axe.run(document, {resultTypes: ['violations']})"))
        t("axe2",lambda:k.pagina.evaluate("() => axe.run(document, {resultTypes: ['violations'], elementRef:false, preload:false}).then(r=>r.violations.length)"))
        doen+=_paden(k.pagina)
    print("PROF", n, {a:round(b/n*1000) for a,b in T.items()})
    print(g)
