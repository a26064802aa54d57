// What must work before WASM runs, and after it has died: theme and language, the log, the overlay after a panic, and
// the page that explains an insecure address. Plain old script, no modules, nothing inline (the CSP forbids it).
(() => {
  "use strict";

  // Enough for some minutes of sync; the newest lines are the ones that matter.
  const MAX_LINES = 1000;
  // The app's own sentences stand in app/src/texts; these must be said without it.
  const TEXTS = {
    en: {
      stopped: "Rapport has stopped",
      stoppedText:
        "An error in the app has stopped this page. Nothing that was shown as saved is lost. Reload to carry on.",
      notStarted: "Rapport could not start",
      notStartedText:
        "Part of the app could not be loaded. Check the network and reload. What is on this device is safe.",
      details: "What happened",
      reload: "Reload",
      save: "Save my log",
      note: "The log is a text file about the app, not about your clients. Look through it before you send it on.",
    },
    de: {
      stopped: "Rapport ist stehengeblieben",
      stoppedText:
        "Ein Fehler in der App hat diese Seite angehalten. Nichts, was als gespeichert angezeigt war, ist verloren. Laden Sie neu, um fortzufahren.",
      notStarted: "Rapport konnte nicht starten",
      notStartedText:
        "Ein Teil der App ließ sich nicht laden. Prüfen Sie das Netz und laden Sie neu. Was auf diesem Gerät ist, ist sicher.",
      details: "Was geschehen ist",
      reload: "Neu laden",
      save: "Mein Protokoll speichern",
      note: "Das Protokoll ist eine Textdatei über die App, nicht über Ihre Kunden. Sehen Sie es durch, bevor Sie es weitergeben.",
    },
  };

  const lines = [];
  let started = false;
  let stopped = false;

  const rapport = {
    // The browser offers to install the app before WASM is there to hear it.
    installPrompt: null,
    note,
    panicked,
    saveLog,
  };
  globalThis.rapport = rapport;

  function note(line) {
    lines.push(`${new Date().toISOString()} ${line}`);
    if (lines.length > MAX_LINES) lines.splice(0, lines.length - MAX_LINES);
  }

  // Called by the panic hook: from here on no Rust runs.
  function panicked(message) {
    console.error(message);
    fault("stopped", message);
  }

  // As the device was told, else as the browser asks; the app decides alike (platform/language.rs).
  function language() {
    const known = (tag) => {
      const primary = String(tag ?? "").split(/[-_]/)[0].toLowerCase();
      return Object.hasOwn(TEXTS, primary) ? primary : undefined;
    };
    return known(remembered("rapport.language")) ?? (navigator.languages ?? []).map(known).find(Boolean) ?? "en";
  }

  function remembered(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      // Storage is blocked; then the system decides.
      return null;
    }
  }

  function fault(what, message) {
    note(message);
    if (stopped) return;
    const dialog = document.getElementById("boot-fault");
    if (!dialog) return;
    stopped = true;
    const part = (name) => dialog.querySelector(`[data-boot="${name}"]`);
    const spoken = language();
    const words = TEXTS[spoken];
    dialog.lang = spoken;
    part("title").textContent = words[what];
    part("text").textContent = words[`${what}Text`];
    part("message").textContent = message;
    for (const name of ["details", "reload", "save", "note"]) part(name).textContent = words[name];
    part("reload").addEventListener("click", () => location.reload());
    part("save").addEventListener("click", saveLog);
    // There is nothing to go back to behind it.
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => dialog.showModal());
    dialog.showModal();
  }

  function saveLog() {
    const scripts = [...document.querySelectorAll("link[href], script[src]")]
      .map((element) => element.getAttribute("href") ?? element.getAttribute("src"))
      .filter((name) => /\.(js|wasm)$/.test(name));
    const head = ["Log of Rapport", `at ${location.origin}`, navigator.userAgent, ...scripts, ""];
    const text = [...head, ...lines, ""].join("\n");
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const anchor = document.createElement("a");
    anchor.href = url;
    anchor.download = `rapport-log-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.txt`;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  function explainInsecure() {
    const page = document.querySelector(`[data-boot="insecure"][lang="${language()}"]`);
    if (!page) return;
    const link = (name, address) => {
      const anchor = page.querySelector(`[data-boot="${name}"]`);
      // What a link brought along goes with it.
      anchor.href = `${address}/${location.hash}`;
      anchor.textContent = address;
    };
    const port = location.port ? `:${location.port}` : "";
    link("localhost", `http://localhost${port}`);
    link("https", `https://${location.hostname}`);
    page.hidden = false;
  }

  const theme = remembered("rapport.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  document.documentElement.lang = language();

  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    rapport.installPrompt = event;
  });
  addEventListener("appinstalled", () => {
    rapport.installPrompt = null;
  });

  addEventListener("TrunkApplicationStarted", () => {
    started = true;
  });
  // A file of the app that does not load fires on its element, which only a capturing listener sees.
  addEventListener(
    "error",
    (event) => {
      const what = event.target instanceof Element ? (event.target.src ?? event.target.href ?? "a script") : event.message;
      failed(String(what || "a script of the app"), event.target instanceof HTMLScriptElement);
    },
    true,
  );
  addEventListener("unhandledrejection", (event) => failed(String(event.reason), true));

  // Once the app runs, its own panics come by `panicked`; what else fails is for the log.
  function failed(what, fatal) {
    note(`error: ${what}`);
    if (started || !fatal || !isSecureContext) return;
    const show = () => fault("notStarted", what);
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show, { once: true });
    else show();
  }

  addEventListener("DOMContentLoaded", () => {
    if (!isSecureContext) explainInsecure();
  });
})();
