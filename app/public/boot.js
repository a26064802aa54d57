// What must work before WASM runs, and after it has died: the theme, the log, the overlay after a panic, and the
// page that explains an insecure address. Plain old script, no modules, nothing inline (the CSP forbids it).
(() => {
  "use strict";

  // Enough for some minutes of sync; the newest lines are the ones that matter.
  const MAX_LINES = 1000;
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
    fault(
      "Rapport has stopped",
      "An error in the app has stopped this page. Nothing that was shown as saved is lost. Reload to carry on.",
      message,
    );
  }

  function fault(title, text, message) {
    note(message);
    if (stopped) return;
    const dialog = document.getElementById("boot-fault");
    if (!dialog) return;
    stopped = true;
    const part = (name) => dialog.querySelector(`[data-boot="${name}"]`);
    part("title").textContent = title;
    part("text").textContent = text;
    part("message").textContent = message;
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
    const page = document.getElementById("boot-insecure");
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

  try {
    const theme = localStorage.getItem("rapport.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is blocked; then the system's theme it is.
  }

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
    const show = () =>
      fault(
        "Rapport could not start",
        "Part of the app could not be loaded. Check the network and reload. What is on this device is safe.",
        what,
      );
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", show, { once: true });
    else show();
  }

  addEventListener("DOMContentLoaded", () => {
    if (!isSecureContext) explainInsecure();
  });
})();
