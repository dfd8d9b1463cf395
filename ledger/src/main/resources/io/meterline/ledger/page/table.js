// Tables, which on a narrow screen become one card a row.

import {h} from './dom.js';

/**
 * A table.
 *
 * columns: {name, cell(row), numeric, head} each; cell gives a node or text.
 */
export function table(caption, columns, rows) {
  return h('div', {class: 'table-scroll', role: 'region', 'aria-label': caption, tabindex: '0'},
    h('table', {role: 'table'},
      h('caption', {class: 'hidden'}, caption),
      h('thead', {role: 'rowgroup'}, h('tr', {role: 'row'},
        columns.map((column) => h('th', {scope: 'col', role: 'columnheader', class: column.numeric ? 'number' : null}, column.name)))),
      h('tbody', {role: 'rowgroup'}, rowsOf(columns, rows))));
}

function rowsOf(columns, rows) {
  return rows.map((row) => h('tr', {role: 'row'}, columns.map((column) => cell(column, row))));
}

function cell(column, row) {
  const properties = {'data-name': column.name, class: column.numeric ? 'number' : null};
  const content = h('div', {}, column.cell(row));
  return column.head
    ? h('th', {...properties, scope: 'row', role: 'rowheader'}, content)
    : h('td', {...properties, role: 'cell'}, content);
}

/** A table that shows its first rows, and more when asked. */
export function longTable(caption, columns, rows, first = 30, step = 500) {
  let shown = Math.min(first, rows.length);
  const element = table(caption, columns, rows.slice(0, shown));
  const body = element.querySelector('tbody');
  const count = h('span', {class: 'note', 'aria-live': 'polite'});
  const more = h('button', {type: 'button', onclick: () => {
    body.append(...rowsOf(columns, rows.slice(shown, shown + step)));
    shown = Math.min(shown + step, rows.length);
    tell();
  }}, 'Show more');
  function tell() {
    count.textContent = `${shown.toLocaleString('en')} of ${rows.length.toLocaleString('en')} rows`;
    more.hidden = shown === rows.length;
  }
  tell();
  return [element, h('p', {class: 'table-end'}, count, more)];
}

/** A bar as long as a share of the greatest. */
export function bar(share, colour) {
  const fill = h('span', {});
  fill.style.inlineSize = `${Math.max(0, Math.min(100, 100 * share)).toFixed(2)}%`;
  if (colour) {
    fill.style.background = colour;
  }
  return h('span', {class: 'bar', 'aria-hidden': 'true'}, fill);
}
