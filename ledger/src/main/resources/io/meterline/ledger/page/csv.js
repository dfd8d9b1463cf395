// Reads CSV (RFC 4180). An empty field without quotes is null: nothing, and not an empty text.

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
