"use strict";
// A table with its search, filters, columns, pages and copies.
var reportTable = (function () {
  function copy(value, said) {
    function done(ok) {
      said.textContent = ok ? "Copied." : "Select and copy it by hand.";
      window.setTimeout(function () { said.textContent = ""; }, 4000);
    }
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

  function save(value, name) {
    // The mark says UTF-8 to Excel.
    var address = URL.createObjectURL(new Blob(["\ufeff" + value], { type: "text/csv" }));
    element("a", { href: address, download: name }).click();
    window.setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
  }

  function element(name, properties, children) {
    var made = document.createElement(name);
    Object.keys(properties || {}).forEach(function (key) { made[key] = properties[key]; });
    (children || []).forEach(function (child) { made.appendChild(child); });
    return made;
  }

  function button(label, act) {
    var made = element("button", { type: "button", textContent: label });
    made.addEventListener("click", act);
    return made;
  }

  function setUp(box, page) {
    var table = box.querySelector("table"), body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
    var rows = Array.from(body.rows), names = heads.map(function (head) { return head.textContent; });
    var state = { id: box.id, query: "", sort: null, down: false, size: 25, page: 0, filters: {}, hidden: {} };
    var label = table.caption ? table.caption.textContent : "";
    var search = element("input", { type: "search", placeholder: "Search", ariaLabel: "Search in " + label });
    var size = element("select", { ariaLabel: "Rows of " + label });
    ["25", "100", "all"].forEach(function (n) { size.appendChild(element("option", { value: n, textContent: n })); });
    var before = button("Previous", function () { state.page--; show(); }), after = button("Next", function () { state.page++; show(); });
    var shown = element("span", { role: "status" }), said = element("span", { role: "status" });
    var reset = button("Reset", function () { restore(new URLSearchParams()); page.keep(); });

    var fields = names.map(function (name, i) {
      var field = element("input", {
        type: "search", ariaLabel: "Filter " + name + " in " + label, title: "contains; =is  ^begins  $ends  !not  > <  a || b  =empty",
      });
      field.addEventListener("input", function () {
        if (field.value) state.filters[i] = field.value; else delete state.filters[i];
        state.page = 0;
        show();
      });
      return field;
    });
    var line = element("tr", { className: "filters", hidden: true }, fields.map(function (field) { return element("td", {}, [field]); }));
    table.tHead.appendChild(line);
    var filtering = button("Filter columns", function () { unfold(line.hidden); if (!line.hidden) fields[0].focus(); });

    var boxes = names.map(function (name, i) {
      var one = element("input", { type: "checkbox", checked: true });
      one.addEventListener("change", function () {
        if (one.checked) delete state.hidden[i]; else state.hidden[i] = true;
        show();
      });
      return one;
    });
    var choices = boxes.map(function (one, i) { return element("label", {}, [one, document.createTextNode(" " + names[i])]); });
    var columns = element("details", { className: "columns" }, [element("summary", { textContent: "Columns" }), element("div", {}, choices)]);
    columns.addEventListener("keydown", function (e) {
      if (e.key !== "Escape") return;
      columns.open = false;
      columns.querySelector("summary").focus();
    });
    columns.addEventListener("focusout", function (e) { if (e.relatedTarget && !columns.contains(e.relatedTarget)) columns.open = false; });

    var csv = button("Copy as CSV", function () { copy(csvOf(), said); });
    var file = button("Save as CSV", function () { save(csvOf(), state.id + ".csv"); });
    var link = button("Copy link", function () { page.keep(); copy(location.href.split("#")[0] + "#" + address(state), said); });
    box.insertBefore(element("div", { className: "tools" },
      [search, filtering, columns, size, before, after, shown, csv, file, link, reset, said]), box.querySelector(".scroll"));

    // What fits on the first page needs no paging.
    size.hidden = before.hidden = after.hidden = rows.length <= 25;

    function unfold(open) {
      line.hidden = !open;
      filtering.setAttribute("aria-expanded", String(open));
    }

    function rowsOf(query, filters) {
      var words = reportText.words(query + " " + page.everywhere);
      var tests = Object.keys(filters).map(function (i) { return { at: Number(i), holds: reportText.filter(filters[i]) }; });
      return rows.filter(function (row) {
        if (!tests.every(function (test) { return test.holds(row.cells[test.at]); })) return false;
        if (words.length === 0) return true;
        var all = row.textContent.toLowerCase();
        return words.every(function (word) { return all.indexOf(word) >= 0; });
      });
    }

    function matching() {
      var found = rowsOf(state.query, state.filters);
      if (state.sort !== null) {
        var numeric = heads[state.sort].classList.contains("number");
        found.sort(function (a, b) {
          var order = reportText.compare(reportText.of(a.cells[state.sort]), reportText.of(b.cells[state.sort]), numeric);
          return state.down ? -order : order;
        });
      }
      return found;
    }

    function csvOf() {
      function line(row, value) {
        var cells = Array.from(row.cells).filter(function (_, i) { return !state.hidden[i]; });
        return cells.map(function (cell) { return reportText.csvCell(value(cell)); }).join(",") + "\r\n";
      }
      var head = line(table.tHead.rows[0], function (cell) { return cell.textContent; });
      return head + matching().map(function (row) { return line(row, reportText.of); }).join("");
    }

    // The name of somebody or something leads to all that the page has about it.
    function follow(cell) {
      var name = cell.textContent;
      if (name === "" || cell.firstElementChild) return;
      var word = /\s/.test(name) && name.indexOf('"') < 0 ? '"' + name + '"' : name;
      cell.replaceChildren(element("a", { href: "#all=" + encodeURIComponent(word), textContent: name, title: "Everything here about " + name }));
    }

    function put(part) {
      part.forEach(function (row) {
        Array.from(row.cells).forEach(function (cell, i) {
          cell.hidden = !!state.hidden[i];
          if (heads[i].dataset.about !== undefined) follow(cell);
        });
      });
      body.replaceChildren.apply(body, part);
    }

    function show(keepAddress) {
      var found = matching();
      var count = state.size === 0 ? found.length : state.size, last = Math.max(0, Math.ceil(found.length / Math.max(1, count)) - 1);
      state.page = Math.min(state.page, last);
      var from = state.page * count, part = found.slice(from, from + count);
      put(part);
      heads.forEach(function (head, i) {
        head.hidden = line.cells[i].hidden = !!state.hidden[i];
        if (state.sort === i) head.setAttribute("aria-sort", state.down ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
      });
      // One column is always left.
      var left = boxes.filter(function (one) { return one.checked; });
      boxes.forEach(function (one) { one.disabled = left.length === 1 && one.checked; });
      shown.textContent = found.length === 0 ? "no rows" : (from + 1) + "–" + (from + part.length) + " of " + found.length;
      before.disabled = state.page === 0;
      after.disabled = state.page >= last;
      reset.disabled = address(state) === "t=" + state.id;
      box.hidden = page.everywhere !== "" && found.length === 0;
      if (!keepAddress) page.keep();
      return found.length;
    }

    function restore(values) {
      state.query = search.value = values.get("q") || "";
      state.sort = values.has("s") && heads[Number(values.get("s"))] ? Number(values.get("s")) : null;
      state.down = values.get("d") === "1";
      state.page = Math.max(0, Math.floor(Number(values.get("p") || 0)) || 0);
      var n = values.get("n") || "25";
      size.value = ["25", "100", "all"].indexOf(n) >= 0 ? n : "25";
      state.size = size.value === "all" ? 0 : Number(size.value);
      state.filters = {};
      fields.forEach(function (field, i) {
        field.value = values.get("f" + i) || "";
        if (field.value) state.filters[i] = field.value;
      });
      var gone = (values.get("h") || "").split(".").filter(function (i) { return i !== "" && boxes[Number(i)]; }).map(Number);
      if (gone.length >= boxes.length) gone = [];
      state.hidden = {};
      boxes.forEach(function (one, i) { one.checked = gone.indexOf(i) < 0; if (!one.checked) state.hidden[i] = true; });
      unfold(Object.keys(state.filters).length > 0);
      show(true);
    }

    heads.forEach(function (head, i) {
      var sort = button(names[i], function () {
        state.down = state.sort === i ? !state.down : head.classList.contains("number");
        state.sort = i;
        show();
      });
      head.textContent = "";
      head.appendChild(sort);
    });
    search.addEventListener("input", function () { state.query = search.value; state.page = 0; show(); });
    size.addEventListener("change", function () { state.size = size.value === "all" ? 0 : Number(size.value); state.page = 0; show(); });

    // Views that the report offers: those that show nothing or all are left out, the others say how much.
    var offered = Array.from(box.querySelectorAll(".views a")).filter(function (a) {
      var filters = {};
      new URLSearchParams(a.hash.slice(1)).forEach(function (value, key) { if (/^f\d+$/.test(key)) filters[key.slice(1)] = value; });
      var count = rowsOf("", filters).length;
      a.textContent += " (" + count + ")";
      a.hidden = count === 0 || count === rows.length;
      return !a.hidden;
    });
    if (offered.length > 0) box.querySelector(".views").hidden = false;

    restore(new URLSearchParams());
    return {
      id: box.id, box: box, show: show, restore: restore,
      address: function () { return address(state); },
      all: function () { put(matching()); },
    };
  }

  function address(state) {
    var values = new URLSearchParams();
    values.set("t", state.id);
    if (state.query) values.set("q", state.query);
    Object.keys(state.filters).forEach(function (i) { values.set("f" + i, state.filters[i]); });
    if (Object.keys(state.hidden).length > 0) values.set("h", Object.keys(state.hidden).join("."));
    if (state.sort !== null) values.set("s", state.sort);
    if (state.down) values.set("d", "1");
    if (state.size !== 25) values.set("n", state.size === 0 ? "all" : state.size);
    if (state.page) values.set("p", state.page);
    return values.toString();
  }

  return { setUp: setUp };
})();
