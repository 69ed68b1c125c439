"use strict";
// What cells say: compared, looked for, and as CSV.
var reportText = (function () {
  function text(cell) { return cell.dataset.value !== undefined ? cell.dataset.value : cell.textContent; }

  function compare(a, b, numeric) {
    if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
    return numeric ? Number(a) - Number(b) : a.localeCompare(b, "en", { sensitivity: "base" });
  }

  // What stands in quotes is one word.
  function wordsOf(query) {
    return (query.toLowerCase().match(/"[^"]+"|\S+/g) || []).map(function (word) { return /^".+"$/.test(word) ? word.slice(1, -1) : word; });
  }

  // One part of a column's filter: contains, or with an operator before it; "!" turns it round. An unfinished one hides nothing.
  function part(written) {
    var negated = written.charAt(0) === "!", rest = negated ? written.slice(1).trim() : written;
    var found = /^(>=|<=|>|<|=|\^|\$)\s*(.*)$/.exec(rest), operator = found ? found[1] : "", value = found ? found[2] : rest;
    if (value === "") return function () { return true; };
    var low = value.toLowerCase(), number = Number(value.replace(/,/g, ""));
    function holds(cell) {
      var shown = cell.textContent.toLowerCase(), raw = text(cell).toLowerCase();
      if (operator === "") return shown.indexOf(low) >= 0;
      if (operator === "=") return low === "empty" ? shown === "" : shown === low || raw === low;
      if (operator === "^") return shown.slice(0, low.length) === low;
      if (operator === "$") return shown.slice(-low.length) === low;
      if (raw === "") return false;
      if (!isNaN(number) && !isNaN(Number(raw))) return ordered(operator, Number(raw), number);
      // Times and texts as far as the filter goes: "> 2026-10-01" is after that day, "<= 2026-10" before the month is over.
      var right = /^\d{4}-/.test(low) ? low.replace(" ", "t") : low;
      return ordered(operator, operator === ">" || operator === "<=" ? raw.slice(0, right.length) : raw, right);
    }
    return negated ? function (cell) { return !holds(cell); } : holds;
  }

  function ordered(operator, left, right) {
    return operator === ">" ? left > right : operator === "<" ? left < right : operator === ">=" ? left >= right : left <= right;
  }

  // "a || b" is either.
  function filter(written) {
    var parts = written.split("||").map(function (one) { return one.trim(); }).filter(Boolean).map(part);
    return function (cell) { return parts.length === 0 || parts.some(function (holds) { return holds(cell); }); };
  }

  // A cell that a spreadsheet would take for a formula gets an apostrophe before it.
  function csvCell(value) {
    var harmless = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? "'" + value : value;
    return /[",\r\n]/.test(harmless) ? '"' + harmless.replace(/"/g, '""') + '"' : harmless;
  }

  return { of: text, compare: compare, words: wordsOf, filter: filter, csvCell: csvCell };
})();
