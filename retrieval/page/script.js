// What the page does by itself: the address, the language of the document, copying, and the reader.
// No library, no request but to the server the page came from.
"use strict";

(() => {
  const root = document.documentElement;
  const language = () => (new URLSearchParams(location.search).get("lang") === "en" ? "en" : "nl");
  root.lang = language();

  // The address is the state of the page: the hidden button makes the server show what the address says.
  const refresh = () => document.querySelector("#open-address")?.click();

  const visit = (address) => {
    history.pushState(null, "", new URL(address, document.baseURI));
    root.lang = language();
    document.querySelector('#tabs [role="tab"]')?.click();
    refresh();
  };

  // Gradio names the drop zone in English, whenever it draws it; its label says the same in the language of the page.
  const nameUpload = () => {
    const name = document.querySelector("#upload label")?.textContent.trim();
    if (!name) return;
    for (const control of document.querySelectorAll("#upload button, #upload input")) control.setAttribute("aria-label", name);
  };
  new MutationObserver(nameUpload).observe(root, { childList: true, characterData: true, subtree: true });

  // Gradio would say in English, and only for some seconds, that a file is too large.
  const refuseLarge = (event) => {
    const told = document.querySelector("#too-large");
    if (!told || !event.target.closest?.("#upload")) return;
    const large = [...(event.target.files ?? event.dataTransfer?.files ?? [])].find((file) => file.size > told.dataset.most);
    told.hidden = !large;
    if (!large) return;
    const facts = { name: large.name, size: Math.ceil(large.size / 2 ** 20) };
    told.textContent = told.dataset.told.replace(/\{(name|size)\}/g, (_, fact) => facts[fact]);
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "change") event.target.value = "";
    else event.target.dispatchEvent(new Event("dragleave", { bubbles: true }));
  };
  for (const event of ["change", "drop"]) document.addEventListener(event, refuseLarge, true);

  const shown = (address) => {
    if (address !== location.search && !(address === "?" && location.search === "")) {
      history.pushState(null, "", new URL(address, document.baseURI));
    }
    root.lang = language();
    const text = new URLSearchParams(location.search).get("q");
    document.title = text ? `${text} · Vraagbaak` : "Vraagbaak";
  };

  window.vraagbaak = { shown };
  window.addEventListener("popstate", refresh);

  // Spoken by screen readers when something was copied.
  const say = (text) => {
    let region = document.querySelector("#said");
    if (!region) {
      region = Object.assign(document.createElement("div"), { id: "said" });
      region.setAttribute("role", "status");
      document.body.append(region);
    }
    region.textContent = text;
  };

  const copyBySelection = (text) => {
    const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    area.style.cssText = "position:fixed;top:0;left:0;opacity:0";
    document.body.append(area);
    area.select();
    try {
      return document.execCommand("copy");
    } catch {
      return false;
    } finally {
      area.remove();
    }
  };

  const copy = async (button, text) => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copyBySelection(text); // no permission, or a page that is not served safely
      button.focus();
    }
    const label = done ? button.dataset.copied : button.dataset.failed;
    button.dataset.label ??= button.textContent;
    button.textContent = label;
    button.classList.toggle("done", done);
    say(label);
    clearTimeout(button.restore);
    button.restore = setTimeout(() => {
      button.textContent = button.dataset.label;
      button.classList.remove("done");
    }, 2500);
  };

  const reader = () => {
    let dialog = document.querySelector("#reader");
    if (!dialog) {
      dialog = Object.assign(document.createElement("dialog"), { id: "reader" });
      dialog.setAttribute("aria-labelledby", "document-title");
      document.body.append(dialog);
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog) dialog.close();
      });
    }
    return dialog;
  };

  const read = async (button) => {
    const { document: id, from, to } = button.dataset;
    const asked = new URLSearchParams({ id, lang: language() });
    if (from) {
      asked.set("from", from);
      asked.set("to", to);
    }
    const answer = await fetch(new URL(`document?${asked}`, document.baseURI));
    const dialog = reader();
    dialog.innerHTML = await answer.text();
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    const target = dialog.querySelector(".answer.target") ?? dialog.querySelector(".target, mark.best");
    target?.scrollIntoView({ block: "start" });
    dialog.querySelector("[data-close]")?.focus({ preventScroll: true });
  };

  // Opens the tab of documents at one of them.
  const list = (id) => {
    document.querySelectorAll('#tabs [role="tab"]')[1]?.click();
    requestAnimationFrame(() => {
      const entry = document.getElementById(id);
      if (!entry) return;
      entry.open = true;
      entry.scrollIntoView({ block: "start" });
      entry.querySelector("summary").focus({ preventScroll: true });
    });
  };

  const plainClick = (event) =>
    event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

  document.addEventListener("click", (event) => {
    const found = (selector) => event.target.closest?.(selector);
    let control;
    if ((control = found("[data-copy]"))) {
      copy(control, control.dataset.copy);
    } else if ((control = found("[data-copy-link]"))) {
      copy(control, new URL(control.dataset.copyLink, document.baseURI).href);
    } else if ((control = found("button[data-document]"))) {
      read(control);
    } else if ((control = found("[data-close]"))) {
      control.closest("dialog").close();
    } else if ((control = found("[data-language]"))) {
      const address = new URLSearchParams(location.search);
      if (control.dataset.language === "nl") address.delete("lang");
      else address.set("lang", control.dataset.language);
      history.pushState(null, "", new URL(`?${address}`, document.baseURI));
      root.lang = language();
      refresh();
    } else if (plainClick(event) && (control = found("a[data-jump]"))) {
      event.preventDefault();
      const target = document.getElementById(control.dataset.jump);
      target?.scrollIntoView({ block: "start" });
      if (target) {
        target.tabIndex = -1;
        target.focus({ preventScroll: true });
      }
    } else if (plainClick(event) && (control = found("a[data-list]"))) {
      event.preventDefault();
      list(control.dataset.list);
    } else if (plainClick(event) && (control = found("a[data-visit]"))) {
      event.preventDefault();
      visit(control.getAttribute("href"));
    }
  });
})();
