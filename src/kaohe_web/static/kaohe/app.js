/* What HTML cannot do: send the CSRF token with a part, save a draft by itself, show how far a file has come. */
"use strict";

(() => {
  const csrfToken = () => document.querySelector('meta[name="csrf-token"]').content;
  const headers = () => ({ "X-CSRFToken": csrfToken(), Accept: "application/json" });

  /* ---- parts fetched by htmx ---- */

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = csrfToken();
  });

  const tellThatAPartFailed = () => {
    const notice = document.createElement("div");
    notice.className = "notice notice-bad";
    notice.setAttribute("role", "alert");
    notice.textContent = document.body.dataset.partFailed;
    document.getElementById("notices").replaceChildren(notice);
  };
  document.addEventListener("htmx:responseError", tellThatAPartFailed);
  document.addEventListener("htmx:sendError", tellThatAPartFailed);

  /* ---- drafts that save themselves: <form data-autosave="HREF"> ----
     Answers: 200 {"fields": {name: value}, "saved_at": "2026-11-22 14:05"}; fields are written back (row version).
     422 {"errors": {name: [words]}}; 409 and 403 {"message": words, "href": where to look}. */

  const PAUSE = 1200;
  const AGAIN = 8000;

  function keepSaved(form) {
    const line = form.querySelector("[data-autosave-state]");
    let changes = 0;
    let saving = false;
    let timer = null;
    let pressed = null;

    const say = (state, words, more) => {
      line.className = `autosave autosave-${state}`;
      line.textContent = more ? `${words} ${more}` : words;
    };

    const later = (delay) => {
      clearTimeout(timer);
      timer = setTimeout(save, delay);
    };

    const changed = () => {
      changes += 1;
      say("unsaved", line.dataset.unsaved);
      later(PAUSE);
    };

    /* One request at a time: the next one needs the row version that this one answers with. */
    async function save(leaving = false) {
      clearTimeout(timer);
      if (saving || changes === 0) return;
      saving = true;
      const sent = changes;
      const body = new FormData(form);
      say("saving", line.dataset.saving);
      try {
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          headers: headers(),
          body,
          keepalive: leaving,
          credentials: "same-origin",
          redirect: "manual",
        });
        await hear(answer, sent);
      } catch (error) {
        say("failed", line.dataset.offline);
        later(AGAIN);
      }
      saving = false;
      if (pressed) submit();
      else if (changes > sent) later(PAUSE);
    }

    async function hear(answer, sent) {
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        say("failed", line.dataset.signedOut);
        return;
      }
      if (answer.status >= 500) throw new Error(answer.status);
      const data = await answer.json();
      if (answer.ok) saved(data, sent);
      else if (answer.status === 422) {
        showErrors(data.errors || {});
        say("failed", line.dataset.refused);
      } else refused(data);
    }

    function saved(data, sent) {
      const all = changes <= sent;
      if (all) changes = 0;
      for (const [name, value] of Object.entries(data.fields || {})) {
        if (form.elements[name]) form.elements[name].value = value;
      }
      showErrors({});
      if (all) say("saved", line.dataset.saved, data.saved_at);
      else say("unsaved", line.dataset.unsaved);
      form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
    }

    function refused(data) {
      say("failed", data.message || line.dataset.conflict);
      if (!data.href) return;
      const link = document.createElement("a");
      link.href = data.href;
      link.textContent = line.dataset.look;
      line.append(link);
    }

    function showErrors(errors) {
      for (const list of form.querySelectorAll("[data-error-for]")) {
        const words = errors[list.dataset.errorFor] || [];
        list.replaceChildren(
          ...words.map((word) => {
            const item = document.createElement("li");
            item.textContent = word;
            return item;
          }),
        );
        const control = form.elements[list.dataset.errorFor];
        if (control && control.setAttribute) {
          if (words.length) control.setAttribute("aria-invalid", "true");
          else control.removeAttribute("aria-invalid");
        }
      }
    }

    form.addEventListener("input", changed);
    form.addEventListener("focusout", () => save());
    const submit = () => {
      clearTimeout(timer);
      const { button } = pressed;
      pressed = null;
      form.requestSubmit(button);
    };

    /* Leaving the field for the button sends a draft: the form waits for its row version. */
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      changes = 0;
      if (!saving) return;
      event.preventDefault();
      pressed = { button: event.submitter };
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") save(true);
    });
    window.addEventListener("beforeunload", (event) => {
      if (changes > 0) event.preventDefault();
    });
  }

  /* ---- files, each with its progress: <form data-drop> ---- */

  function takeFiles(form) {
    const input = form.querySelector(".drop-input");
    const list = form.querySelector(".drop-list");
    form.classList.add("drop-ready");

    const row = (file) => {
      const item = document.createElement("li");
      item.className = "drop-file";
      const name = document.createElement("span");
      name.textContent = file.name;
      const bar = document.createElement("progress");
      bar.max = file.size || 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      const state = document.createElement("span");
      state.textContent = form.dataset.sending;
      item.append(name, bar, state);
      list.append(item);
      return { item, bar, state };
    };

    const refusal = (request) => {
      if (request.status === 413) return form.dataset.tooLarge;
      try {
        return JSON.parse(request.responseText).message || form.dataset.refused;
      } catch (error) {
        return form.dataset.refused;
      }
    };

    const send = (file) =>
      new Promise((resolve) => {
        const shown = row(file);
        const request = new XMLHttpRequest();
        const body = new FormData(form);
        body.set(input.name, file);
        const refused = (words) => {
          shown.item.classList.add("drop-file-refused");
          shown.state.textContent = words;
          resolve(false);
        };
        request.open("POST", form.action);
        for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
        request.upload.addEventListener("progress", (event) => {
          shown.bar.max = event.total;
          shown.bar.value = event.loaded;
        });
        request.addEventListener("load", () => {
          if (request.status >= 300) return refused(refusal(request));
          shown.bar.value = shown.bar.max;
          shown.state.textContent = form.dataset.done;
          return resolve(true);
        });
        request.addEventListener("error", () => refused(form.dataset.offline));
        request.send(body);
      });

    const sendAll = async (files) => {
      list.replaceChildren();
      let all = true;
      for (const file of files) all = (await send(file)) && all;
      input.value = "";
      if (all) window.location.reload();
    };

    input.addEventListener("change", () => sendAll([...input.files]));
    for (const kind of ["dragenter", "dragover"]) {
      form.addEventListener(kind, (event) => {
        event.preventDefault();
        form.classList.add("drop-over");
      });
    }
    for (const kind of ["dragleave", "drop"]) {
      form.addEventListener(kind, () => form.classList.remove("drop-over"));
    }
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      const files = [...event.dataTransfer.files];
      sendAll(input.multiple ? files : files.slice(0, 1));
    });
  }

  /* ---- words that one press puts into a field: <button type="button" value="WORDS" data-insert="ID"> ---- */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-insert]");
    if (!button) return;
    const field = document.getElementById(button.dataset.insert);
    const before = field.value.trim();
    field.value = before ? `${before}；${button.value}` : button.value;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const prepare = (root) => {
    for (const form of root.querySelectorAll("form[data-autosave]:not([data-ready])")) {
      form.dataset.ready = "yes";
      keepSaved(form);
    }
    for (const form of root.querySelectorAll("form[data-drop]:not([data-ready])")) {
      form.dataset.ready = "yes";
      takeFiles(form);
    }
  };
  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:load", () => prepare(document));
})();
