// What a page can do more with a script: keep what is typed, count words, move focus to faults. Without it every
// form works the same. A form with data-concept keeps its text on this device at every key, and on the server a
// moment later; nothing that was typed is lost by a lost line, a closed tablet or an ended session.
(() => {
  "use strict";
  const WACHT = 900;
  const stand = document.getElementById("bewaarstand");

  const meld = (tekst, soort = "", link = null) => {
    if (!stand) return;
    stand.textContent = tekst;
    stand.dataset.soort = soort;
    if (link) {
      const a = document.createElement("a");
      a.href = link.adres; a.textContent = link.tekst; a.target = "_blank"; a.rel = "noopener";
      stand.append(" ", a);
    }
    stand.hidden = !tekst;
  };

  const velden = (form) => {
    const uit = {};
    for (const [naam, waarde] of new FormData(form)) {
      if (typeof waarde !== "string" || naam === "sleutel" || naam.startsWith("_")) continue;
      if (naam in uit) uit[naam] = [].concat(uit[naam], waarde); else uit[naam] = waarde;
    }
    return uit;
  };

  const zet = (form, inhoud) => {
    for (const [naam, waarde] of Object.entries(inhoud)) {
      const alle = [].concat(waarde);
      form.querySelectorAll(`[name="${CSS.escape(naam)}"]`).forEach((el, i) => {
        if (el.type === "radio" || el.type === "checkbox") el.checked = alle.includes(el.value);
        else if (el.type !== "hidden" && el.type !== "file") el.value = alle[i] ?? alle[0];
      });
    }
  };

  class Bewaarder {
    // data-concept: address to PUT to; data-merk: mark of the text that the page was filled with.
    constructor(form) {
      this.form = form; this.adres = form.dataset.concept; this.merk = form.dataset.merk || "";
      this.plek = `concept:${this.adres}`; this.klok = null; this.bezig = false; this.vuil = false;
      this.begin = JSON.stringify(velden(form));
      form.addEventListener("input", () => this.getypt());
      form.addEventListener("change", () => this.getypt());
      form.addEventListener("submit", () => { this.verstuurd = true; clearTimeout(this.klok); this.lokaal(); });
      window.addEventListener("online", () => this.vuil && this.stuur());
      window.addEventListener("pagehide", () => { if (this.vuil && !this.verstuurd) this.afscheid(); });
      document.addEventListener("visibilitychange", () => { if (document.hidden && this.vuil && !this.verstuurd) this.afscheid(); });
      this.herstel();
    }
    lokaal() {
      try { localStorage.setItem(this.plek, JSON.stringify({ tekst: velden(this.form), merk: this.merk, op: Date.now(), verstuurd: Boolean(this.verstuurd) })); } catch { /* full or forbidden: the server has it too */ }
    }
    herstel() {
      let oud = null;
      try { oud = JSON.parse(localStorage.getItem(this.plek) || "null"); } catch { oud = null; }
      // What was sent and shown again as done needs no copy here; what was typed after that does.
      if (oud && oud.verstuurd && document.querySelector("[data-klaar]") && !this.form.querySelector("[aria-invalid]")) { this.vergeet(); return; }
      if (!oud || JSON.stringify(oud.tekst) === this.begin || this.form.dataset.vers === "nee") return;
      if (oud.merk === this.merk) { zet(this.form, oud.tekst); this.form.dispatchEvent(new Event("hersteld")); this.vuil = true; this.stuur(); meld("Uw tekst van eerder is teruggezet."); return; }
      const knop = document.createElement("button");
      knop.type = "button"; knop.className = "knop-link"; knop.textContent = "Zet mijn tekst van dit apparaat terug";
      knop.addEventListener("click", () => { zet(this.form, oud.tekst); this.getypt(); vak.remove(); });
      const vak = document.createElement("div");
      vak.className = "utrecht-alert utrecht-alert--warning"; vak.setAttribute("role", "status");
      const p = document.createElement("p");
      p.textContent = "Op dit apparaat staat een andere tekst dan hier. Beide zijn bewaard. ";
      p.append(knop); vak.append(p); this.form.prepend(vak);
    }
    vergeet() { try { localStorage.removeItem(this.plek); } catch { /* nothing kept */ } }
    getypt() {
      this.vuil = true; this.lokaal(); clearTimeout(this.klok);
      this.klok = setTimeout(() => this.stuur(), WACHT);
    }
    lichaam() { return JSON.stringify({ inhoud: velden(this.form), vanaf: this.merk }); }
    async stuur() {
      if (this.bezig) { this.klok = setTimeout(() => this.stuur(), WACHT); return; }
      this.bezig = true;
      try {
        const antwoord = await fetch(this.adres, { method: "PUT", body: this.lichaam(), headers: { "Content-Type": "application/json", Accept: "application/json" }, credentials: "same-origin" });
        if (antwoord.status === 401) { meld("U bent uitgelogd. Uw tekst staat veilig op dit apparaat.", "fout", { adres: "/aanmelden?terug=/mijn", tekst: "Log in (nieuw venster)" }); return; }
        const uit = await antwoord.json();
        if (!antwoord.ok) { meld(uit.uitleg || "Bewaren lukt niet. Uw tekst staat op dit apparaat.", "fout"); return; }
        this.merk = uit.merk; this.vuil = false; this.lokaal();
        const merkveld = this.form.querySelector('input[name="_merk"]');
        if (merkveld) merkveld.value = uit.merk;
        if (uit.botst) meld(`In een ander venster is ook getypt. Beide teksten zijn bewaard (versie ${uit.anders} en ${uit.versie}).`, "fout");
        else meld("Bewaard om " + new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" }).replace(":", ".") + " uur");
      } catch { meld("Geen verbinding. Uw tekst staat op dit apparaat en wordt later bewaard.", "fout"); clearTimeout(this.klok); this.klok = setTimeout(() => this.stuur(), 5000); }
      finally { this.bezig = false; }
    }
    afscheid() {
      this.lokaal();
      try { fetch(this.adres, { method: "PUT", body: this.lichaam(), keepalive: true, headers: { "Content-Type": "application/json", Accept: "application/json" } }); } catch { /* the device has it */ }
    }
  }

  // A short form is kept on this device only, until it was received: an ended session or a lost line costs no text.
  const KLAD = "klad:";
  const kladden = () => { try { return Object.keys(localStorage).filter((k) => k.startsWith(KLAD)); } catch { return []; } };
  const ruimOp = () => {
    // The page after sending tells: login, an error or faults mean that it was not received, and the text stays.
    const geweigerd = document.querySelector('[aria-invalid], [role=alert], [data-niet-ontvangen], form[action^="/aanmelden"]');
    for (const plek of kladden()) {
      try {
        const oud = JSON.parse(localStorage.getItem(plek));
        if (oud.verstuurd && geweigerd) localStorage.setItem(plek, JSON.stringify({ ...oud, verstuurd: false }));
        else if (oud.verstuurd) localStorage.removeItem(plek);
      } catch { /* nothing kept */ }
    }
  };
  const klad = (form) => {
    const tekst = [...form.elements].filter((el) => el.name && (el.tagName === "TEXTAREA" || (el.tagName === "INPUT" && el.type === "text")));
    if (!tekst.length || form.method !== "post" || form.dataset.concept || form.action.includes("/aanmelden")) return;
    const plek = `${KLAD}${location.pathname}:${new URL(form.action).pathname}`;
    const bewaar = (verstuurd) => { try { localStorage.setItem(plek, JSON.stringify({ tekst: velden(form), verstuurd })); } catch { /* full or forbidden */ } };
    let oud = null;
    try { oud = JSON.parse(localStorage.getItem(plek) || "null"); } catch { oud = null; }
    if (oud && !form.querySelector("[aria-invalid]") && JSON.stringify(oud.tekst) !== JSON.stringify(velden(form))) {
      zet(form, oud.tekst); form.dispatchEvent(new Event("hersteld")); meld("Uw tekst van eerder is teruggezet.");
      const vak = form.closest("details"); if (vak) vak.open = true;
    }
    form.addEventListener("input", () => bewaar(false));
    form.addEventListener("submit", () => bewaar(true));
  };

  const woordenteller = (veld) => {
    const meeste = Number(veld.dataset.woorden), p = document.createElement("p");
    p.className = "hulp"; p.setAttribute("aria-live", "polite"); veld.after(p);
    const tel = () => { const n = veld.value.trim().split(/\s+/).filter(Boolean).length; p.textContent = veld.dataset.minstens ? `${n} van minstens ${meeste} woorden` : `${n} van hooguit ${meeste} woorden`; };
    veld.addEventListener("input", tel); veld.form && veld.form.addEventListener("hersteld", tel); tel();
  };

  const begin = (wortel) => {
    wortel.querySelectorAll("form[data-concept]").forEach((f) => { if (!f.bewaarder) f.bewaarder = new Bewaarder(f); });
    wortel.querySelectorAll("main form").forEach((f) => { if (!f.klad) { f.klad = true; klad(f); } });
    wortel.querySelectorAll("[data-woorden]").forEach((v) => { if (!v.geteld) { v.geteld = true; woordenteller(v); } });
    const doel = wortel.querySelector("[data-focus]");
    if (doel) doel.focus();
  };
  document.addEventListener("DOMContentLoaded", () => { ruimOp(); begin(document); });
  document.addEventListener("htmx:afterSettle", (e) => begin(e.target));
  document.addEventListener("submit", (e) => {
    if (e.target.getAttribute("action") === "/afmelden") kladden().forEach((k) => localStorage.removeItem(k));
    const knop = e.submitter;
    if (knop && knop.dataset.vraag && !window.confirm(knop.dataset.vraag)) e.preventDefault();
  });
})();
