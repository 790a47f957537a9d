// The search, the filter of codes, copying, and opening what a link leads to. Pages can be read without it.
"use strict";
(() => {
  const root = document.body.dataset.root;

  // A link to a folded place opens what it is in.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  // Paper has no folds.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });

  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        // Without the permission to copy, the text is selected for the reader to copy.
        getSelection().selectAllChildren(code);
        button.textContent = "Selected";
      }
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
  }

  for (const filter of document.querySelectorAll(".filter")) {
    filter.hidden = false;
    const select = filter.querySelector("select");
    const rows = [...filter.nextElementSibling.querySelectorAll("tbody tr")];
    const count = filter.querySelector(".count");
    const apply = () => {
      for (const row of rows) row.hidden = select.value !== "" && row.dataset.step !== select.value;
      count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} codes`;
    };
    select.addEventListener("change", apply);
    apply();
  }

  // The index is a script of its own, which is read when the search is used.
  const box = document.querySelector(".search");
  const input = document.getElementById("search");
  const list = document.getElementById("found");
  const MOST = 30;
  let index;
  let found = [];
  let at = -1;
  box.hidden = false;
  window.payspecIndex = (loaded) => {
    index = loaded;
    for (const entry of index.entries) entry.push(`${entry[1]} ${entry[5]}`.toLowerCase());
    search();
  };
  const load = () => {
    if (document.getElementById("index")) return;
    const script = document.createElement("script");
    script.id = "index";
    script.src = `${root}assets/search.js`;
    document.head.append(script);
  };
  // The lower, the better: the name itself, its beginning, its middle, and then the other words.
  const rank = ([, name], word) => {
    const lower = name.toLowerCase();
    if (lower === word) return 0;
    if (lower.startsWith(word)) return 1;
    return lower.includes(word) ? 2 : 3;
  };
  const address = ([, , , page, anchor]) => root + index.pages[page] + (anchor ? `#${anchor}` : "");
  const choose = (next) => {
    at = next;
    [...list.children].forEach((one, number) => {
      one.setAttribute("aria-selected", String(number === at));
      if (number === at) one.scrollIntoView({ block: "nearest" });
    });
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `result-${at}`);
  };
  const show = (visible) => {
    list.hidden = !visible;
    input.setAttribute("aria-expanded", String(visible));
  };
  const span = (kind, text) => {
    const one = document.createElement("span");
    one.className = kind;
    one.textContent = text;
    return one;
  };
  const go = (number) => {
    const entry = found[number];
    if (!entry) return;
    show(false);
    location.href = address(entry);
  };
  const search = () => {
    const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    if (!index || words.length === 0) return show(false);
    const hits = (entry) => words.every((word) => entry[6].includes(word) || entry[2].toLowerCase().includes(word));
    found = index.entries.filter(hits);
    const ranks = new Map(found.map((entry) => [entry, rank(entry, words.join(" "))]));
    found = found.sort((one, other) => ranks.get(one) - ranks.get(other)).slice(0, MOST);
    list.replaceChildren(...found.map((entry, number) => {
      const line = document.createElement("li");
      line.id = `result-${number}`;
      line.setAttribute("role", "option");
      line.append(span("kind", entry[0]), span("what", entry[1]), span("place", entry[2]));
      line.addEventListener("mousedown", (event) => event.preventDefault());
      line.addEventListener("click", () => go(number));
      return line;
    }));
    if (found.length === 0) {
      const line = span("place", "Nothing found.");
      const none = document.createElement("li");
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.append(line);
      list.append(none);
    }
    choose(found.length > 0 ? 0 : -1);
    show(true);
  };
  input.addEventListener("focus", load);
  input.addEventListener("input", () => {
    load();
    search();
  });
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    const { length } = found;
    if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && !list.hidden) go(at);
    else if (event.key === "ArrowDown" && length) choose((at + 1) % length);
    else if (event.key === "ArrowUp" && length) choose((at + length - 1) % length);
    else return;
    event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
  });
})();
