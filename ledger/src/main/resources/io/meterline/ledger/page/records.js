// Raw records, as they are stored.

import {get} from './api.js';
import {card, digits, empty, field, h, select} from './dom.js';
import {grouped, time} from './format.js';
import {pager, rangePicker, searchBox, zonePicker} from './pickers.js';
import {bounds, RANGES, rangeOf} from './range.js';
import {table} from './table.js';

const SIZE = 50;
const ALWAYS = 'all';

export const records = {
  title: 'Records',

  controls(context) {
    const {params, meters, change} = context;
    return h('form', {class: 'controls', onsubmit: (event) => event.preventDefault()},
      searchBox('search', 'Search', context, 'meter, customer, dimension or id'),
      field('Meter', select('meter', [['', 'All meters'], ...meters.map(({meter}) => [meter, meter])], params.get('meter') ?? '', (meter) => change({meter, skip: ''}))),
      params.get('customer') && field('Customer', h('button', {type: 'button', id: 'customer', class: 'chip', 'aria-label': `Remove customer ${params.get('customer')}`,
        onclick: () => change({customer: '', skip: ''})}, params.get('customer'), h('span', {'aria-hidden': 'true'}, ' ×'))),
      rangePicker({...context, params: withRange(params), change: (more) => change({...more, skip: ''})}, [[ALWAYS, 'All time'], ...RANGES]),
      zonePicker(context));
  },

  async results(context, signal) {
    const {params, status, zone} = context;
    const range = withRange(params).get('range') === ALWAYS ? {} : bounds(rangeOf(params, status, zone), zone);
    const found = (await get('/api/records', {
      search: params.get('search'), meter: params.get('meter'), customerId: params.get('customer'),
      ...range, zone, skip: params.get('skip'), limit: SIZE,
    }, signal)).records;
    if (found.length === 0 && !params.get('skip')) {
      return status.rows === 0
        ? empty('No records yet', h('p', {}, h('a', {href: '#/overview'}, 'How to send one')))
        : empty('No record fits', h('p', {}, `${grouped(status.rows)} are stored; another search or range finds them.`));
    }
    return card('Stored records', {note: `the newest first, ${zone}`}, recordsTable(context, found), pager(context, found.length, SIZE));
  },
};

function withRange(params) {
  const copy = new URLSearchParams(params);
  if (!copy.has('range') && !copy.has('from')) {
    copy.set('range', ALWAYS);
  }
  return copy;
}

/** A table of records. */
export function recordsTable({zone, href}, rows, {brief = false, customer = true} = {}) {
  return table('Records', [
    {name: 'Time', head: true, cell: (row) => h('time', {class: 'nowrap', datetime: new Date(row.meterTimeInMillis).toISOString(), title: `${row.meterTimeInMillis} ms since 1970`}, time(row.meterTimeInMillis, zone))},
    {name: 'Meter', cell: (row) => row.meterApiName},
    ...(customer ? [{name: 'Customer', cell: (row) => h('a', {href: href('customers', {customer: row.customerId, meter: row.meterApiName})}, row.customerId)}] : []),
    {name: 'Value', numeric: true, cell: (row) => digits(row.meterValue)},
    ...(brief ? [] : [
      {name: 'Dimensions', cell: (row) => dimensions(row.dimensions)},
      {name: 'Unique id', cell: (row) => (row.uniqueId ? h('code', {class: 'id', title: row.uniqueId}, row.uniqueId) : h('span', {class: 'note'}, 'none'))},
      {name: 'Object', cell: (row) => h('code', {class: 'id', title: row.object}, row.object)},
    ]),
  ], rows);
}

/** Pairs as tags. */
export function dimensions(pairs) {
  const entries = Object.entries(pairs);
  return entries.length === 0 ? h('span', {class: 'note'}, 'none')
    : h('span', {class: 'tags'}, entries.map(([name, value]) => h('span', {class: 'tag'}, `${name}: ${value}`)));
}
