"use strict";
// The page: its tables, what is looked for in all of them, and the address that keeps the view. Everything is readable without it.
(function () {
  var tables = [], page = { everywhere: "" };

  // All views that were changed, one after the other, each beginning with its table.
  page.keep = function () {
    var changed = tables.map(function (table) { return table.address(); }).filter(function (one) { return one.indexOf("&") > 0; });
    if (page.everywhere) changed.unshift("all=" + encodeURIComponent(page.everywhere));
    history.replaceState(null, "", changed.length > 0 ? "#" + changed.join("&") : location.href.split("#")[0]);
  };

  function restore() {
    if (!/(^#|&)(t|all)=/.test(location.hash)) {
      // Back to before somebody was followed, or on to a section that may be hidden: all is there again.
      if (!page.everywhere) return;
      find.value = page.everywhere = "";
      searchAll();
      var to = document.getElementById(location.hash.slice(1));
      if (to) to.scrollIntoView();
      return;
    }
    var views = [], first = null;
    new URLSearchParams(location.hash.slice(1)).forEach(function (value, key) {
      if (key === "all") find.value = page.everywhere = value;
      else if (key === "t") views.push({ id: value, values: new URLSearchParams() });
      else if (views.length > 0) views[views.length - 1].values.set(key, value);
    });
    views.forEach(function (view) {
      tables.forEach(function (table) {
        if (table.id !== view.id) return;
        table.restore(view.values);
        first = first || table.box;
      });
    });
    if (page.everywhere) searchAll();
    if (first || page.everywhere) (first || document.querySelector("main")).scrollIntoView();
  }

  // A word that is looked for everywhere leaves the tables that have it.
  function searchAll() {
    var found = tables.reduce(function (sum, table) { return sum + table.show(true); }, 0);
    document.querySelectorAll(".table").forEach(function (box) { if (!box.querySelector("table")) box.hidden = page.everywhere !== ""; });
    document.querySelectorAll("main section").forEach(function (section) {
      section.hidden = page.everywhere !== "" && !Array.from(section.querySelectorAll(".table")).some(function (box) { return !box.hidden; });
    });
    document.querySelectorAll("figure, .numbers, section > .note").forEach(function (other) { other.hidden = page.everywhere !== ""; });
    hits.textContent = page.everywhere === "" ? "" : found === 0 ? "no rows" : found === 1 ? "1 row" : found + " rows";
  }

  document.querySelectorAll(".table").forEach(function (box) { if (box.querySelector("table")) tables.push(reportTable.setUp(box, page)); });
  var find = document.querySelector(".find input"), hits = document.querySelector(".find span");
  find.parentNode.hidden = false;
  find.addEventListener("input", function () { page.everywhere = find.value.trim(); searchAll(); page.keep(); });
  var theme = document.querySelector(".theme"), root = document.documentElement;
  theme.hidden = false;
  // Where pages from files have no storage, the choice lasts as long as the page.
  try { if (/^(light|dark)$/.test(localStorage.theme)) root.dataset.theme = localStorage.theme; } catch (e) { /* as said */ }
  theme.addEventListener("click", function () {
    var dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = (root.dataset.theme || (dark ? "dark" : "light")) === "dark" ? "light" : "dark";
    try { localStorage.theme = root.dataset.theme; } catch (e) { /* as said */ }
  });
  document.querySelectorAll(".how").forEach(function (how) { how.hidden = false; });
  window.addEventListener("hashchange", function () { restore(); page.keep(); });
  window.addEventListener("beforeprint", function () { tables.forEach(function (table) { table.all(); }); });
  window.addEventListener("afterprint", function () { tables.forEach(function (table) { table.show(true); }); });
  restore();
})();
