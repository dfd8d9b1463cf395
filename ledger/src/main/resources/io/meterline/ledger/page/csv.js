// Reads and writes CSV (RFC 4180). An empty field without quotes is null: nothing, and not an empty text.

/** The rows, the first of which has the names. */
export function readCsv(text) {
  const rows = [];
  let row = [];
  let at = 0;
  while (at < text.length) {
    let value;
    if (text[at] === '"') {
      value = '';
      let end = text.indexOf('"', at + 1);
      while (text[end + 1] === '"') {
        value += text.slice(at + 1, end + 1);
        at = end + 1;
        end = text.indexOf('"', at + 1);
      }
      value += text.slice(at + 1, end);
      at = end + 1;
    } else {
      let end = at;
      while (end < text.length && text[end] !== ',' && text[end] !== '\n') {
        end++;
      }
      value = end === at ? null : text.slice(at, end);
      at = end;
    }
    row.push(value);
    if (text[at] === ',' && (text[at + 1] === '\n' || at + 1 === text.length)) {
      row.push(null);
      at++;
    }
    if (text[at] !== ',') {
      rows.push(row);
      row = [];
    }
    at++;
  }
  return rows;
}

function written(text, isNumber) {
  if (text === null) {
    return '';
  }
  const safe = !isNumber && /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return safe === '' || /[,"\x00-\x1f]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The same CSV for a spreadsheet: a text that it would run as a formula gets an apostrophe in front.
 * The last column holds numbers, which stay as they are.
 */
export function forSpreadsheet(csv) {
  const rows = readCsv(csv);
  return rows.map((row, line) => `${row.map((text, column) => written(text, line > 0 && column === row.length - 1)).join(',')}\n`).join('');
}
