"use strict";
// Sorts, searches, pages and copies tables; keeps the view in the address. Everything is readable without it.
(function () {
  var tables = [];

  function text(cell) { return cell.dataset.value !== undefined ? cell.dataset.value : cell.textContent; }

  function compare(a, b, numeric) {
    if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
    return numeric ? Number(a) - Number(b) : a.localeCompare(b, "en", { sensitivity: "base" });
  }

  // A cell that a spreadsheet would take for a formula gets an apostrophe before it.
  function csvCell(value) {
    var harmless = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? "'" + value : value;
    return /[",\r\n]/.test(harmless) ? '"' + harmless.replace(/"/g, '""') + '"' : harmless;
  }

  function copy(value, said) {
    function done(ok) { said.textContent = ok ? "Copied." : "Select and copy it by hand."; window.setTimeout(function () { said.textContent = ""; }, 4000); }
    function byHand() {
      var area = document.createElement("textarea");
      area.value = value;
      document.body.appendChild(area);
      area.select();
      var ok = document.execCommand("copy");
      area.remove();
      done(ok);
    }
    if (navigator.clipboard) navigator.clipboard.writeText(value).then(function () { done(true); }, byHand);
    else byHand();
  }

  function element(name, properties, children) {
    var made = document.createElement(name);
    Object.keys(properties || {}).forEach(function (key) { made[key] = properties[key]; });
    (children || []).forEach(function (child) { made.appendChild(child); });
    return made;
  }

  function setUp(box) {
    var table = box.querySelector("table"), body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
    var rows = Array.from(body.rows), state = { id: box.id, query: "", sort: null, down: false, size: 25, page: 0 };
    var label = table.caption ? table.caption.textContent : "";
    var search = element("input", { type: "search", placeholder: "Search", ariaLabel: "Search in " + label });
    var size = element("select", { ariaLabel: "Rows of " + label });
    ["25", "100", "all"].forEach(function (n) { size.appendChild(element("option", { value: n, textContent: n })); });
    var before = element("button", { type: "button", textContent: "Previous" }), after = element("button", { type: "button", textContent: "Next" });
    var csv = element("button", { type: "button", textContent: "Copy as CSV" }), link = element("button", { type: "button", textContent: "Copy link" });
    var shown = element("span", { role: "status" }), said = element("span", { role: "status" });
    box.insertBefore(element("div", { className: "tools" }, [search, size, before, after, shown, csv, link, said]), box.querySelector(".scroll"));

    // What fits on the first page needs no paging.
    size.hidden = before.hidden = after.hidden = rows.length <= 25;

    function matching() {
      var words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
      return rows.filter(function (row) {
        var all = row.textContent.toLowerCase();
        return words.every(function (word) { return all.indexOf(word) >= 0; });
      });
    }

    function show(keepAddress) {
      var found = matching();
      if (state.sort !== null) {
        var numeric = heads[state.sort].classList.contains("number");
        found.sort(function (a, b) { return (state.down ? -1 : 1) * compare(text(a.cells[state.sort]), text(b.cells[state.sort]), numeric); });
      }
      var count = state.size === 0 ? found.length : state.size, last = Math.max(0, Math.ceil(found.length / Math.max(1, count)) - 1);
      state.page = Math.min(state.page, last);
      var from = state.page * count, part = found.slice(from, from + count);
      body.replaceChildren.apply(body, part);
      heads.forEach(function (head, i) {
        if (state.sort === i) head.setAttribute("aria-sort", state.down ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
      });
      shown.textContent = found.length === 0 ? "no rows" : (from + 1) + "–" + (from + part.length) + " of " + found.length;
      before.disabled = state.page === 0;
      after.disabled = state.page >= last;
      if (!keepAddress) keep();
    }

    heads.forEach(function (head, i) {
      var button = element("button", { type: "button", textContent: head.textContent });
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        state.down = state.sort === i ? !state.down : head.classList.contains("number");
        state.sort = i;
        show();
      });
    });
    search.addEventListener("input", function () { state.query = search.value; state.page = 0; show(); });
    size.addEventListener("change", function () { state.size = size.value === "all" ? 0 : Number(size.value); state.page = 0; show(); });
    before.addEventListener("click", function () { state.page--; show(); });
    after.addEventListener("click", function () { state.page++; show(); });
    csv.addEventListener("click", function () {
      var found = matching();
      var lines = [heads.map(function (head) { return csvCell(head.textContent); }).join(",")].concat(found.map(function (row) {
        return Array.from(row.cells).map(function (cell) { return csvCell(text(cell)); }).join(",");
      }));
      copy(lines.join("\r\n") + "\r\n", said);
    });
    link.addEventListener("click", function () { keep(); copy(location.href.split("#")[0] + "#" + address(state), said); });

    tables.push({
      state: state, show: show, all: function () { body.replaceChildren.apply(body, matching()); },
      restore: function (values) {
        state.query = search.value = values.get("q") || "";
        state.sort = values.has("s") && heads[Number(values.get("s"))] ? Number(values.get("s")) : null;
        state.down = values.get("d") === "1";
        state.page = Math.max(0, Number(values.get("p") || 0) || 0);
        var n = values.get("n") || "25";
        size.value = ["25", "100", "all"].indexOf(n) >= 0 ? n : "25";
        state.size = size.value === "all" ? 0 : Number(size.value);
        show(true);
        box.scrollIntoView();
      }
    });
    show(true);
  }

  function address(state) {
    var values = new URLSearchParams();
    values.set("t", state.id);
    if (state.query) values.set("q", state.query);
    if (state.sort !== null) values.set("s", state.sort);
    if (state.down) values.set("d", "1");
    if (state.size !== 25) values.set("n", state.size === 0 ? "all" : state.size);
    if (state.page) values.set("p", state.page);
    return values.toString();
  }

  function keep() {
    var changed = tables.filter(function (table) { return address(table.state) !== "t=" + table.state.id; });
    if (changed.length > 0) history.replaceState(null, "", "#" + address(changed[changed.length - 1].state));
  }

  function restore() {
    if (!/(^#|&)t=/.test(location.hash)) return;
    var values = new URLSearchParams(location.hash.slice(1));
    tables.forEach(function (table) { if (table.state.id === values.get("t")) table.restore(values); });
  }

  document.querySelectorAll(".table").forEach(function (box) { if (box.querySelector("table")) setUp(box); });
  var theme = document.querySelector(".theme");
  theme.hidden = false;
  theme.addEventListener("click", function () {
    var root = document.documentElement, dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = (root.dataset.theme || (dark ? "dark" : "light")) === "dark" ? "light" : "dark";
  });
  window.addEventListener("hashchange", restore);
  window.addEventListener("beforeprint", function () { tables.forEach(function (table) { table.all(); }); });
  window.addEventListener("afterprint", function () { tables.forEach(function (table) { table.show(true); }); });
  restore();
})();
