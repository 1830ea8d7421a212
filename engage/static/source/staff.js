// Saves a form marked data-autosave while somebody types, and says so. Without script its button does the same.

// Where somebody else's words are shown beside one's own, only the button saves: it is what decides.
for (const form of document.querySelector("[data-overtaken]") ? [] : document.querySelectorAll("form[data-autosave]")) {
  const said = form.querySelector("[data-autosave-status]");
  let waiting, running = false, again = false, leaving;

  const save = async () => {
    if (running) { again = true; return; }
    running = true;
    said.textContent = "Saving…";
    try {
      const reply = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" } });
      const told = await reply.json();
      // The button that undoes is a form of its own, and must know what was saved as well.
      if (told.revision) for (const seen of document.querySelectorAll("input[name=revision]")) seen.value = told.revision;
      // A form that is merged part by part carries what it has seen of each.
      if (told.seen) form.elements.seen.value = told.seen;
      for (const [id, text] of Object.entries({ ...told.frame, ...told.hints })) {
        const element = document.getElementById(id);
        if (!element) continue;
        element.textContent = text;
        if (text) element.closest("[hidden]")?.removeAttribute("hidden");
      }
      said.textContent = told.status;
    } catch {
      said.textContent = "Not saved: there is no connection. What you typed is still here; press Save to try again.";
    }
    running = false;
    if (leaving) form.requestSubmit(leaving.submitter);
    else if (again) { again = false; save(); }
  };

  form.addEventListener("input", () => {
    said.textContent = "Not saved yet";
    clearTimeout(waiting);
    waiting = setTimeout(save, 1200);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    // What is being saved must be known first, or the button would seem to come from somebody else.
    if (running) { event.preventDefault(); leaving = event; }
  });
}

// Lets somebody see the password they type, on a page of their own.
for (const input of document.querySelectorAll("input[type=password][autocomplete=new-password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nhsuk-button nhsuk-button--secondary";
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide password" : "Show password";
  };
  button.addEventListener("click", () => show(input.type === "password"));
  input.form.addEventListener("submit", () => show(false));
  show(false);
  input.after(button);
}

// A link to be sent on is copied with one press.
for (const input of document.querySelectorAll("input[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nhsuk-button nhsuk-button--secondary";
  button.textContent = "Copy link";
  button.addEventListener("click", async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Press Ctrl+C to copy";
    }
  });
  input.after(button);
}

// A figure goes into the text beside it with one press: where the cursor was last, or at the end.
const visited = new WeakSet();
document.addEventListener("focusin", (event) => visited.add(event.target));
for (const reference of document.querySelectorAll("[data-figure]")) {
  const text = document.getElementById(reference.closest("[data-figures-for]").dataset.figuresFor);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "engage-link-button";
  button.textContent = "Insert";
  button.setAttribute("aria-label", `Insert ${reference.textContent}`);
  button.addEventListener("click", () => {
    if (!visited.has(text)) text.setSelectionRange(text.value.length, text.value.length);
    const apart = /\S$/.test(text.value.slice(0, text.selectionStart)) ? " " : "";
    text.setRangeText(apart + reference.textContent, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });
  reference.after(button);
}

// A page that waits for work looks again by itself, and goes on to the result once there is one.
const lookAgain = async () => {
  const shown = document.querySelector("[data-looks-again]");
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const now = page.querySelector("[data-looks-again]");
    if (!now) { location.reload(); return; }
    if (shown.textContent !== now.textContent) shown.replaceChildren(...now.childNodes);
  } catch { /* There is no connection just now; the next look may find one. */ }
  setTimeout(lookAgain, 3000);
};
if (document.querySelector("[data-looks-again]")) setTimeout(lookAgain, 3000);

// Codes are given to a comment by single keys. Without script the same form is filled in with boxes and lists.
for (const form of document.querySelectorAll("form[data-coding]")) {
  const said = { "+": "positive", "-": "negative", "=": "mixed", 0: "neutral" };
  const rows = [...form.querySelectorAll("[data-code]")];
  const [box, list] = [(row) => row.querySelector("input"), (row) => row.querySelector("select")];
  const [status, about] = ["status", "definition"].map((name) => form.querySelector(`[data-coding-${name}]`));
  const help = form.querySelector("[data-coding-help]");
  const [save, none] = form.querySelectorAll(".nhsuk-button");
  let last, sentiment = "neutral", leaving = false;

  const tell = () => {
    status.textContent = rows.filter((row) => box(row).checked)
      .map((row) => `${row.querySelector("[data-code-name]").textContent}: ${list(row).value}`).join(", ");
  };
  const explain = (row) => {
    const text = document.getElementById(box(row).getAttribute("aria-describedby")).querySelector("p");
    about.textContent = text ? `${row.querySelector("[data-code-name]").textContent}: ${text.textContent}` : "";
  };
  const toggle = (row) => {
    box(row).checked = !box(row).checked;
    box(row).focus();
    box(row).dispatchEvent(new Event("change", { bubbles: true }));
  };
  for (const row of rows) {
    row.addEventListener("focusin", () => explain(row));
    box(row).addEventListener("change", () => {
      if (box(row).checked) { last = row; list(row).value = sentiment; }
      tell();
    });
    list(row).addEventListener("change", () => { last = row; sentiment = list(row).value; tell(); });
  }

  const search = document.createElement("div");
  search.className = "nhsuk-form-group";
  search.innerHTML = '<label class="nhsuk-label" for="find-code">Find a code</label><input class="nhsuk-input" id="find-code" type="text" autocomplete="off">';
  const found = search.querySelector("input");
  const show = () => {
    const words = found.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.querySelector("[data-code-name]").textContent.toLowerCase().includes(words);
  };
  found.addEventListener("input", show);
  found.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    const first = rows.find((row) => !row.hidden);
    const wanted = event.key === "Enter" && found.value.trim() ? first : undefined;
    found.value = "";
    show();
    found.blur();
    if (wanted) toggle(wanted);
  });
  form.querySelector("fieldset").before(search);

  const keys = {
    s: () => document.querySelector("[data-coding-skip]").click(),
    u: () => document.querySelector("[data-coding-back]")?.click(),
    x: () => form.requestSubmit(none),
    "/": () => found.focus(),
    "?": () => { help.open = !help.open; },
    Enter: () => {
      if (rows.some((row) => box(row).checked)) form.requestSubmit(save);
      else status.textContent = "Choose at least one code, or press x if no code fits.";
    },
  };
  const pressed = (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || leaving) return;
    if (target.matches("input:not([type=checkbox]), select, textarea")) return;
    if (key === "Enter" && target.matches("a, button, summary")) return;
    const row = rows.find((one) => one.dataset.key === key);
    if (row) toggle(row);
    else if (key in said) {
      sentiment = said[key];
      if (last && box(last).checked) list(last).value = sentiment;
      tell();
    } else if (key in keys) keys[key]();
    else return;
    event.preventDefault();
  };
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });

  // Who speaks to the computer, or writes with a key held, may not want single keys to do anything.
  const choice = document.createElement("button");
  choice.type = "button";
  choice.className = "engage-link-button";
  const use = (on) => {
    document[on ? "addEventListener" : "removeEventListener"]("keydown", pressed);
    form.classList.toggle(form.dataset.coding, on);
    choice.textContent = on ? "Turn single keys off" : "Turn single keys on";
    choice.onclick = () => { localStorage.setItem("single-keys", on ? "off" : "on"); use(!on); };
  };
  help.hidden = false;
  help.querySelector(".nhsuk-details__text").append(choice);
  use(localStorage.getItem("single-keys") !== "off");
}

// Puts words that somebody selects in a comment into the field that says which words are meant.
for (const form of document.querySelectorAll("[data-takes-selection]")) {
  const shown = document.getElementById(form.dataset.takesSelection);
  document.addEventListener("selectionchange", () => {
    const selected = document.getSelection();
    if (selected.isCollapsed || !shown.contains(selected.anchorNode) || !shown.contains(selected.focusNode)) return;
    form.querySelector("textarea").value = selected.toString();
  });
}

// Links and buttons of a comment's page that have a key of their own. Without script they are pressed as always.
if (document.querySelector("[data-single-keys]")) {
  const named = new Map([...document.querySelectorAll("[data-key]")].map((one) => [one.dataset.key, one]));
  const hints = [...named].map(([key, one]) => {
    const hint = document.createElement("kbd");
    hint.className = "engage-key";
    hint.textContent = key;
    (one.querySelector("span") ?? one).append(hint);
    return hint;
  });
  const pressed = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const one = event.target.matches("input, select, textarea") ? undefined : named.get(event.key);
    if (!one) return;
    event.preventDefault();
    if (one.tagName === "SUMMARY") {
      one.parentElement.open = true;
      one.parentElement.querySelector("input:not([type=hidden])")?.focus();
    } else one.click();
  };
  // Who speaks to the computer may not want single keys to do anything; the choice is that of the coding page.
  const choice = document.createElement("button");
  choice.type = "button";
  choice.className = "engage-link-button";
  const use = (on) => {
    document[on ? "addEventListener" : "removeEventListener"]("keydown", pressed);
    for (const hint of hints) hint.hidden = !on;
    choice.textContent = on ? "Turn single keys off" : "Turn single keys on";
    choice.onclick = () => { localStorage.setItem("single-keys", on ? "off" : "on"); use(!on); };
  };
  use(localStorage.getItem("single-keys") !== "off");
  document.querySelector("[data-single-keys]").append(choice);
}
