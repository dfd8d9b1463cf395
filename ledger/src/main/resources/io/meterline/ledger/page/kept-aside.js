// What was not stored: records and objects in quarantine, and rows in conflict with others.

import {get} from './api.js';
import {card, digits, empty, h} from './dom.js';
import {grouped, time} from './format.js';
import {pager} from './pickers.js';
import {dimensions} from './records.js';
import {table} from './table.js';

const SIZE = 25;

const MEANINGS = {
  'malformed-json': 'The text is not strict JSON.',
  'not-an-object': 'It is JSON, but no object.',
  'missing-field': 'A field that the contract asks for is not there, or blank.',
  'wrong-type': 'A field is of another type than the contract has.',
  'out-of-range': 'A time or number lies beyond what the contract allows.',
  truncated: 'The text ends before the record does.',
  'too-large': 'It is larger than the limit.',
  'undecodable-payload': 'The object is not what its name says, such as gzip that is broken.',
  unmapped: 'No rule of the mapping fits.',
  refused: 'The ledger has another content under the same name.',
  'different-content': 'The ledger has a record with this id, meter, customer and time, and other content: the first one counts.',
  'not-exact': 'The value has more digits than 38: it would have to be rounded.',
};

export const keptAside = {
  title: 'Kept aside',

  controls({params, status, change}) {
    const tab = tabOf(params);
    return h('div', {class: 'controls'}, h('div', {class: 'segments', role: 'group', 'aria-label': 'What was kept aside'},
      [['quarantine', 'Quarantine', status.quarantined], ['conflicts', 'Conflicts', status.conflicts]].map(([value, words, count]) => h('button', {
        type: 'button', id: `tab-${value}`, 'aria-pressed': String(value === tab), onclick: () => change({tab: value, skip: '', reason: ''}),
      }, `${words} `, h('span', {class: 'count'}, grouped(count))))));
  },

  results(context, signal) {
    return tabOf(context.params) === 'conflicts' ? conflicts(context, signal) : quarantine(context, signal);
  },
};

function tabOf(params) {
  return params.get('tab') ?? 'quarantine';
}

async function quarantine(context, signal) {
  const {params, change, zone} = context;
  const chosen = params.get('reason') ?? '';
  const {reasons, quarantine: entries} = await get('/api/quarantine', {reason: chosen, skip: params.get('skip'), limit: SIZE}, signal);
  if (reasons.length === 0) {
    return empty('Nothing is in quarantine', h('p', {}, 'Every record that came was one, and every object could be read.'));
  }
  return h('div', {class: 'stack'},
    h('ul', {class: 'reasons'}, reasons.map(({reason, count}) => h('li', {}, h('button', {
      type: 'button', id: `reason-${reason}`, 'aria-pressed': String(reason === chosen), onclick: () => change({reason: reason === chosen ? '' : reason, skip: ''}),
    }, h('strong', {}, grouped(count)), h('span', {class: 'reason-name'}, reason), h('span', {class: 'note'}, MEANINGS[reason] ?? ''))))),
    card(chosen === '' ? 'In quarantine' : `In quarantine as ${chosen}`, {note: `the newest first, ${zone}`},
      table('Quarantine', [
        {name: 'Kept', head: true, cell: (row) => h('time', {class: 'nowrap', datetime: new Date(row.keptMillis).toISOString()}, time(row.keptMillis, zone))},
        {name: 'Reason', cell: (row) => h('span', {class: 'tag warn', title: MEANINGS[row.reason] ?? ''}, row.reason)},
        {name: 'Detail', cell: (row) => [h('span', {}, row.detail), text(row)]},
        {name: 'Object', cell: (row) => h('code', {class: 'id', title: `${row.place} ${row.object}`}, row.object)},
        {name: 'Position', numeric: true, cell: (row) => (row.position < 0 ? 'the whole object' : row.position)},
      ], entries),
      pager(context, entries.length, SIZE)));
}

function text(row) {
  if (row.text === '') {
    return null;
  }
  const cut = row.textLength > row.text.length;
  return h('details', {}, h('summary', {}, 'The record'), h('pre', {tabindex: '0'}, row.text, cut && h('span', {class: 'note'}, ` … ${grouped(row.textLength)} characters in all`)));
}

async function conflicts(context, signal) {
  const {params, zone} = context;
  const found = (await get('/api/conflicts', {skip: params.get('skip'), limit: SIZE}, signal)).conflicts;
  if (found.length === 0) {
    return empty('There are no conflicts', h('p', {}, 'No two records have one id and different content, and every value is stored with all its digits.'));
  }
  return card('Conflicts', {note: `the newest first, ${zone}`},
    table('Conflicts', [
      {name: 'Time of record', head: true, cell: (row) => h('span', {class: 'nowrap'}, time(row.meterTimeInMillis, zone))},
      {name: 'Meter', cell: (row) => row.meterApiName},
      {name: 'Customer', cell: (row) => row.customerId},
      {name: 'Value', numeric: true, cell: (row) => digits(row.meterValue)},
      {name: 'Why', cell: (row) => [h('span', {class: 'tag bad', title: MEANINGS[row.reason] ?? ''}, row.reason), ' ', row.detail]},
      {name: 'Dimensions', cell: (row) => dimensions(row.dimensions)},
      {name: 'Unique id', cell: (row) => (row.uniqueId ? h('code', {class: 'id', title: row.uniqueId}, row.uniqueId) : h('span', {class: 'note'}, 'none'))},
      {name: 'Object', cell: (row) => h('code', {class: 'id', title: `${row.object}, position ${row.position}`}, `${row.object} #${row.position}`)},
    ], found),
    pager(context, found.length, SIZE));
}
