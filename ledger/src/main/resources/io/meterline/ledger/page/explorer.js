// The explorer: a meter's usage by time and group, as a chart, a table and CSV.

import {get} from './api.js';
import {forSpreadsheet} from './csv.js';
import {card, digits, empty, field, h, icon, select} from './dom.js';
import {grouped, percent, windowName} from './format.js';
import {MOST_SERIES, seriesColour} from './palette.js';
import {rangePicker, zonePicker} from './pickers.js';
import {plot} from './plot.js';
import {aroundNewest, bounds, rangeOf, WINDOWS, windowOf} from './range.js';
import {bar, longTable, table} from './table.js';
import {addsUp, askUsage, NONE} from './usage.js';

const CUSTOMER = 'customerId';
const TOPS = [['3', 'Top 3'], ['5', 'Top 5'], ['8', 'Top 8'], ['20', 'Top 20'], ['50', 'Top 50'], ['0', 'All']];

export const explorer = {
  title: 'Usage',

  async controls(context, signal) {
    if (context.meters.length === 0) {
      return null;
    }
    const meter = meterOf(context);
    const {params, change} = context;
    const dimensions = await dimensionsOf(context, meter, signal);
    const names = [...new Set(dimensions.map(({name}) => name))];
    const by = byOf(params);
    const groups = [['-', 'Nothing'], [CUSTOMER, 'Customer'], ...[...new Set([...names, ...(by && by !== CUSTOMER ? [by] : [])])].map((name) => [name, name])];
    return h('form', {class: 'controls', onsubmit: (event) => event.preventDefault()},
      field('Meter', select('meter', withCurrent(context.meters.map((one) => [one.meter, one.meter]), meter), meter, (value) => change({meter: value, by: '', filter: []}))),
      rangePicker(context),
      field('Window', select('window', WINDOWS, params.get('window') ?? '', (window) => change({window}))),
      field('Group by', select('by', groups, by || '-', (value) => change({by: value}))),
      by && field('Groups', select('top', TOPS, params.get('top') ?? '8', (top) => change({top}))),
      zonePicker(context),
      filters(context, names, dimensions));
  },

  async results(context, signal) {
    if (context.meters.length === 0) {
      return empty('No meter was seen yet', h('p', {}, 'Meters appear with their first record. ', h('a', {href: '#/overview'}, 'How to send one')));
    }
    const question = questionOf(context);
    const definition = context.meters.find(({meter}) => meter === question.meter) ?? {meter: question.meter, aggregation: 'SUM', unit: ''};
    const answer = await askUsage(question, definition, signal);
    if (answer.rows.length === 0 || answer.series.every(({numbers}) => numbers.every((number) => !number))) {
      return nothing(context, question, signal);
    }
    return h('div', {class: 'stack'},
      chartCard(question, definition, answer),
      question.by !== '' && groupsCard(question, definition, answer, context),
      rowsCard(question, definition, answer));
  },
};

function meterOf({params, meters}) {
  return params.get('meter') ?? meters[0].meter;
}

function byOf(params) {
  const by = params.get('by') ?? CUSTOMER;
  return by === '-' ? '' : by;
}

function withCurrent(options, current) {
  return options.some(([value]) => value === current) ? options : [[current, current], ...options];
}

/** What is asked, as the address says it. */
export function questionOf(context) {
  const {params, status, zone} = context;
  const {from, to} = bounds(rangeOf(params, status, zone), zone);
  return {
    meter: meterOf(context), from, to, zone,
    window: params.get('window') || windowOf({from, to}),
    by: byOf(params), top: Number(params.get('top') ?? 8), filters: params.getAll('filter'),
  };
}

async function dimensionsOf({params, status, zone}, meter, signal) {
  const range = bounds(rangeOf(params, status, zone), zone);
  try {
    return (await get('/api/dimensions', {meter, ...range, zone}, signal)).dimensions;
  } catch (failure) {
    if (signal.aborted) {
      throw failure;
    }
    // What is wrong with the range is said where the results would be.
    return [];
  }
}

function filters({params, change}, names, dimensions) {
  const set = params.getAll('filter');
  const values = h('datalist', {id: 'filter-values'});
  const name = select('filter-name', [[CUSTOMER, 'Customer'], ...names.map((one) => [one, one])], CUSTOMER, offer);
  name.dataset.draft = '';
  const value = h('input', {id: 'filter-value', 'data-draft': true, list: 'filter-values', autocomplete: 'off', spellcheck: 'false', placeholder: 'value', 'aria-label': 'Value to filter by'});
  function offer() {
    values.replaceChildren(...dimensions.filter((one) => one.name === name.value).map((one) => h('option', {value: one.value})));
  }
  function add() {
    if (value.value !== '') {
      const filter = [...new Set([...set, `${name.value}=${value.value}`])];
      value.value = '';
      change({filter});
    }
  }
  value.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      add();
    }
  });
  return h('div', {class: 'field filters'}, h('label', {for: 'filter-name'}, 'Only where'),
    h('div', {class: 'filter-row'}, name, h('span', {'aria-hidden': 'true'}, '='), value, values,
      h('button', {type: 'button', id: 'filter-add', onclick: add}, 'Add'),
      set.map((one) => h('button', {
        type: 'button', class: 'chip', 'aria-label': `Remove filter ${one}`,
        onclick: () => change({filter: set.filter((other) => other !== one)}),
      }, one.replace(/^customerId=/, 'Customer = ').replace(/^([^= ]+)=/, '$1 = '), h('span', {'aria-hidden': 'true'}, ' ×')))));
}

function chartCard(question, definition, answer) {
  const {aggregation, unit} = definition;
  const total = answer.total === null ? '–' : grouped(answer.total);
  const what = question.by === '' ? '' : ` by ${question.by === CUSTOMER ? 'customer' : question.by}`;
  return card(`${question.meter}${what}`, {
    kind: 'chart-card',
    note: `${aggregation} per ${question.window}, ${question.zone}`,
    tools: h('p', {class: 'total'}, h('span', {class: 'note'}, 'Whole range '), h('strong', {id: 'total'}, digits(answer.total)), unit && ` ${unit}`),
  }, plot({
    starts: answer.starts, size: question.window, series: answer.series, unit,
    stacked: addsUp(aggregation),
    summary: `${question.meter}${what} per ${question.window}, from ${question.from} to ${question.to}: ${total} ${unit} in all.`,
  }));
}

function groupsCard(question, definition, {groups, total}, {href}) {
  const whole = Number(total);
  const greatest = Math.max(...groups.map(({value}) => Math.abs(Number(value))));
  const shares = addsUp(definition.aggregation) && whole > 0;
  const label = question.by === CUSTOMER ? 'Customer' : question.by;
  const place = new Map(groups.map((group, index) => [group, index]));
  return card(question.top === 0 ? 'Groups' : `Top ${groups.length}`, {note: 'over the whole range'},
    longTable('Usage by group', [
      {name: label, head: true, cell: (group) => {
        const swatch = h('span', {class: 'swatch', 'aria-hidden': 'true'});
        swatch.style.background = seriesColour(Math.min(place.get(group), MOST_SERIES));
        const words = group.name === null ? h('em', {}, NONE) : question.by === CUSTOMER
          ? h('a', {href: href('customers', {customer: group.name})}, group.name) : group.name;
        return [swatch, words];
      }},
      {name: 'Usage', numeric: true, cell: ({value}) => digits(value)},
      ...(shares ? [{name: 'Share', numeric: true, cell: ({value}) => percent(Number(value), whole)}] : []),
      {name: ' ', cell: ({value}) => bar(Math.abs(Number(value)) / greatest)},
    ], groups, 50));
}

function rowsCard(question, definition, {rows, csv}) {
  const label = question.by === CUSTOMER ? 'Customer' : question.by;
  const columns = [{name: `From (${question.zone})`, head: true, cell: ([start]) => h('time', {datetime: start}, windowName(start, question.window))}];
  if (question.by !== '') {
    columns.push({name: label, cell: ([, name]) => name ?? h('em', {}, NONE)});
  }
  columns.push({name: definition.unit ? `Usage, ${definition.unit}` : 'Usage', numeric: true, cell: (row) => digits(row.at(-1))});
  return card(`By ${question.window}`, {
    note: 'exact values',
    tools: h('button', {type: 'button', id: 'csv', onclick: () => download(csv, question)}, icon('download'), 'CSV'),
  }, longTable(`Usage by ${question.window}`, columns, rows));
}

/** Saves the very answer that the table shows, for a spreadsheet. */
function download(csv, {meter, from, to, window}) {
  const file = URL.createObjectURL(new Blob([forSpreadsheet(csv)], {type: 'text/csv'}));
  const name = `${meter}_${from}_${to}_${window}`.replace(/[^\w.-]+/g, '-');
  h('a', {href: file, download: `${name}.csv`}).click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}

async function nothing({status, zone, change}, {meter, from, to, filters: set}, signal) {
  const {note} = await get('/api/usage', {meter, from, to, zone, filter: set}, signal);
  return empty(`No usage of ${meter} from ${from} to ${to}`,
    h('p', {id: 'why'}, note ? `${note[0].toUpperCase()}${note.slice(1)}.` : 'There are records, and their values are all zero.'),
    h('p', {},
      set.length > 0 && h('button', {type: 'button', onclick: () => change({filter: []})}, 'Remove the filters'), ' ',
      status.newestMillis > 0 && h('button', {type: 'button', id: 'to-newest', onclick: () => change(aroundNewest(status.newestMillis, zone))}, 'Go to the newest records')));
}
