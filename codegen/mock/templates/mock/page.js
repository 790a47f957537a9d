// Filters the exchanges and adds new ones as they happen. Without this script the form and the link to reload
// do the same.
"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const [list, form, state, none, pause] = ["exchanges", "filter", "state", "none", "pause"].map(at);
  const [operation, key, failures] = ["operation", "key", "failures"].map(at);

  const shows = (row) =>
    (!operation.value || row.dataset.operation === operation.value) &&
    row.dataset.keys.toLowerCase().includes(key.value.trim().toLowerCase()) &&
    (!failures.checked || "failure" in row.dataset);

  function filter() {
    for (const row of list.children) row.hidden = !shows(row);
    tell();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value.trim()) query.set(name, value.trim());
    const link = query.size ? `/?${query}` : "/";
    history.replaceState(null, "", link);
    at("reload").href = link;
    at("all").hidden = !query.size;
  }

  function tell() {
    none.hidden = [...list.children].some((row) => !row.hidden);
    if (list.children.length) none.textContent = "No exchange matches the filter.";
  }

  // The gateway has escaped every text of the line.
  function add({ data, lastEventId }) {
    list.insertAdjacentHTML("afterbegin", data);
    list.firstElementChild.hidden = !shows(list.firstElementChild);
    while (list.children.length > Number(list.dataset.kept)) list.lastElementChild.remove();
    at("total").textContent = lastEventId;
    tell();
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  at("all").addEventListener("click", (event) => {
    event.preventDefault();
    operation.value = key.value = "";
    failures.checked = false;
    filter();
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    operation.value = "";
    failures.checked = false;
    key.value = new URL(link.href).searchParams.get("key");
    filter();
  });
  at("apply").hidden = true;

  const waiting = [];
  let paused = false;
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.setAttribute("aria-pressed", paused);
    state.textContent = paused ? "Paused." : "Following new exchanges.";
    while (!paused && waiting.length) add(waiting.shift());
  });

  const events = new EventSource(`${list.dataset.events}?after=${list.dataset.last}`);
  events.onopen = () => {
    state.textContent = paused ? "Paused." : "Following new exchanges.";
    pause.hidden = false;
  };
  events.onmessage = (event) => {
    if (!paused) return add(event);
    waiting.push(event);
    if (waiting.length > Number(list.dataset.kept)) waiting.shift();
    state.textContent = `Paused; ${waiting.length} new.`;
  };
  events.onerror = () => {
    const closed = events.readyState === EventSource.CLOSED;
    state.textContent = closed ? "Not following: reload to see new exchanges." : "The gateway does not answer.";
  };
})();
