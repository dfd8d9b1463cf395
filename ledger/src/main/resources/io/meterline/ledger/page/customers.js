// Customers: who uses how much of a meter, and all meters of one of them.

import {get, getText} from './api.js';
import {card, digits, empty, field, h, select} from './dom.js';
import {readCsv} from './csv.js';
import {grouped, percent, time} from './format.js';
import {rangePicker, searchBox, zonePicker} from './pickers.js';
import {plot} from './plot.js';
import {bounds, rangeOf, windowOf} from './range.js';
import {recordsTable} from './records.js';
import {bar, table} from './table.js';
import {addsUp, askUsage} from './usage.js';

const MOST = 100;

export const customers = {
  title: 'Customers',

  controls(context) {
    const {params, meters, change} = context;
    if (meters.length === 0) {
      return null;
    }
    const customer = params.get('customer');
    return h('form', {class: 'controls', onsubmit: (event) => event.preventDefault()},
      customer === null && searchBox('search', 'Search', context, 'part of a name'),
      field('Meter', select('meter', meters.map(({meter}) => [meter, meter]), meterOf(context), (meter) => change({meter}))),
      rangePicker(context),
      zonePicker(context));
  },

  async results(context, signal) {
    if (context.meters.length === 0) {
      return empty('No customer was seen yet', h('p', {}, 'Customers appear with their first record. ', h('a', {href: '#/overview'}, 'How to send one')));
    }
    const customer = context.params.get('customer');
    return customer === null ? list(context, signal) : one(context, customer, signal);
  },
};

function meterOf({params, meters}) {
  return params.get('meter') ?? meters[0].meter;
}

function definitionOf(context) {
  const meter = meterOf(context);
  return context.meters.find((one) => one.meter === meter) ?? {meter, aggregation: 'SUM', unit: ''};
}

async function list(context, signal) {
  const {params, status, zone, href} = context;
  const definition = definitionOf(context);
  const base = {meter: definition.meter, ...bounds(rangeOf(params, status, zone), zone), zone};
  const search = params.get('search') ?? '';
  const found = search === '' ? null : (await get('/api/customers', {search, limit: MOST}, signal)).customers;
  if (found?.length === 0) {
    return empty(`No customer's name holds “${search}”`);
  }
  const filter = found?.map(({customerId}) => `customerId=${customerId}`) ?? [];
  const [usage, total] = await Promise.all([
    getText('/api/usage', {...base, 'group-by': 'customerId', filter, top: MOST}, signal, 'text/csv'),
    getText('/api/usage', base, signal, 'text/csv'),
  ]);
  const values = readCsv(usage).slice(1).map(([name, value]) => ({name, value}));
  const whole = readCsv(total)[1]?.[0] ?? '0';
  const seen = new Set(values.map(({name}) => name));
  const rows = [...values, ...(found ?? []).filter(({customerId}) => !seen.has(customerId)).map(({customerId}) => ({name: customerId, value: null}))];
  if (rows.length === 0) {
    return empty(`No usage of ${definition.meter} in this range`, h('p', {}, 'Another range or meter may have some; a search finds customers by name whenever they were seen.'));
  }
  const greatest = Math.max(...rows.map(({value}) => Math.abs(Number(value))));
  const shares = addsUp(definition.aggregation) && Number(whole) > 0;
  return card(search === '' ? 'By usage' : 'Found', {
    note: `${grouped(rows.length)} of ${grouped(status.customers)} customers, the most usage first`,
  }, table('Usage by customer', [
    {name: 'Customer', head: true, cell: ({name}) => h('a', {href: href('customers', {...shared(context), customer: name})}, name)},
    {name: definition.unit ? `Usage, ${definition.unit}` : 'Usage', numeric: true, cell: ({value}) => digits(value)},
    ...(shares ? [{name: 'Share', numeric: true, cell: ({value}) => percent(Number(value), Number(whole))}] : []),
    {name: ' ', cell: ({value}) => bar(greatest > 0 ? Math.abs(Number(value)) / greatest : 0)},
  ], rows));
}

/** What the two pages have in common in their addresses. */
function shared({params}) {
  const {meter, range, from, to} = Object.fromEntries(params);
  return {meter, range, from, to};
}

async function one(context, customer, signal) {
  const {params, status, zone, href} = context;
  const range = bounds(rangeOf(params, status, zone), zone);
  const definition = definitionOf(context);
  const question = {
    meter: definition.meter, ...range, zone, window: windowOf(range), by: '', top: 0, filters: [`customerId=${customer}`],
  };
  const [totals, usage, records] = await Promise.all([
    get('/api/totals', {customerId: customer, ...range, zone}, signal),
    askUsage(question, definition, signal),
    get('/api/records', {customerId: customer, limit: 10}, signal),
  ]);
  const inExplorer = href('usage', {...shared(context), meter: definition.meter, by: '-', filter: question.filters});
  return h('div', {class: 'stack'},
    h('p', {class: 'crumb'}, h('a', {href: href('customers', shared(context))}, '← All customers')),
    h('h2', {class: 'customer'}, customer),
    card(definition.meter, {
      note: `${definition.aggregation} per ${question.window}, ${zone}`,
      tools: [h('p', {class: 'total'}, h('strong', {}, digits(usage.total)), definition.unit && ` ${definition.unit}`),
        h('a', {href: inExplorer}, 'Explore')],
    }, plot({
      starts: usage.starts, size: question.window, series: usage.series, stacked: addsUp(definition.aggregation), unit: definition.unit,
      summary: `${definition.meter} of ${customer} per ${question.window}: ${usage.total ?? 'nothing'} in all.`,
    })),
    h('div', {class: 'columns'},
      card('All meters in this range', {}, totals.totals.length === 0 ? empty('No usage in this range')
        : table('Usage by meter', [
          {name: 'Meter', head: true, cell: ({meter}) => h('a', {href: href('customers', {...shared(context), meter, customer})}, meter)},
          {name: 'Usage', numeric: true, cell: ({value, unit}) => [digits(value), unit && h('span', {class: 'unit'}, ` ${unit}`)]},
          {name: 'Rows', numeric: true, cell: ({rows}) => grouped(rows)},
        ], totals.totals)),
      card('Latest records', {
        note: records.records.length ? `the newest of ${time(records.records[0].meterTimeInMillis, zone)}` : '',
        tools: h('a', {href: href('records', {customer})}, 'All of them'),
      }, records.records.length ? recordsTable(context, records.records, {brief: true, customer: false}) : empty('No records'))));
}
