// What was not stored: what the ledger refused, rows in conflict with others, and what was put aside
// before it reached the ledger.

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
  unmapped: 'A rule of the mapping took the event, and an expression of it failed.',
  refused: 'The receiver refused it; the detail says why.',
  'different-content': 'The ledger has a record with this id, meter, customer and time, and other content: the first one counts.',
  'not-exact': 'The value has more digits than 38: it would have to be rounded.',
};

export const keptAside = {
  title: 'Kept aside',

  controls({params, status, change}) {
    const tab = tabOf(params);
    return h('div', {class: 'controls'}, h('div', {class: 'segments', role: 'group', 'aria-label': 'What was kept aside'},
      [['quarantine', 'Quarantine', status.quarantined], ['undelivered', 'Undelivered', status.undelivered], ['conflicts', 'Conflicts', status.conflicts]].map(([value, words, count]) => h('button', {
        type: 'button', id: `tab-${value}`, 'aria-pressed': String(value === tab), onclick: () => change({tab: value, skip: '', reason: ''}),
      }, `${words} `, h('span', {class: 'count'}, grouped(count))))));
  },

  results(context, signal) {
    const views = {conflicts, undelivered, quarantine};
    return (views[tabOf(context.params)] ?? quarantine)(context, signal);
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
    return empty('The ledger refused nothing', h('p', {}, 'Every record that reached it was one, and every object could be read.'), beyond(context));
  }
  return h('div', {class: 'stack'},
    reasonList(reasons, chosen, change),
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

/** Nothing here is not nothing at all. */
function beyond({status, href}) {
  return status.undelivered > 0 && h('p', {}, h('a', {id: 'to-undelivered', href: href('aside', {tab: 'undelivered'})}, `${grouped(status.undelivered)} undelivered`), ' never reached it.');
}

function reasonList(reasons, chosen, change) {
  return h('ul', {class: 'reasons'}, reasons.map(({reason, count}) => h('li', {}, h('button', {
    type: 'button', id: `reason-${reason}`, 'aria-pressed': String(reason === chosen), onclick: () => change({reason: reason === chosen ? '' : reason, skip: ''}),
  }, h('strong', {}, grouped(count)), h('span', {class: 'reason-name'}, reason), h('span', {class: 'note'}, MEANINGS[reason] ?? '')))));
}

/** What the quarantine of the places holds: it is no usage, and the ledger never saw a record of it. */
async function undelivered(context, signal) {
  const {params, change, zone} = context;
  const chosen = params.get('reason') ?? '';
  const {undeliveredReasons: reasons, undelivered: entries} = await get('/api/quarantine', {reason: chosen, skip: params.get('skip'), limit: SIZE}, signal);
  if (reasons.length === 0) {
    return empty('Nothing was put aside on its way here', h('p', {}, 'The places that are loaded from have nothing in their quarantine.'));
  }
  return h('div', {class: 'stack'},
    reasonList(reasons, chosen, change),
    card(chosen === '' ? 'Undelivered' : `Undelivered as ${chosen}`, {note: `put aside by ‘run’ or an agent before it reached the ledger; the newest first, ${zone}`},
      table('Undelivered', [
        {name: 'Logged', head: true, cell: (row) => (row.timestampMillis === undefined ? h('span', {class: 'note'}, 'without a time')
          : h('time', {class: 'nowrap', datetime: new Date(row.timestampMillis).toISOString()}, time(row.timestampMillis, zone)))},
        {name: 'Reason', cell: (row) => h('span', {class: 'tag warn', title: MEANINGS[row.reason] ?? ''}, row.reason)},
        {name: 'Detail', cell: (row) => [h('span', {}, row.detail), start(row, 'The log message', row.bytes > row.text.length + 1024 && `${grouped(row.bytes)} bytes in all`)]},
        {name: 'Log', cell: (row) => [row.logGroup || h('span', {class: 'note'}, 'none'), row.logStream && h('span', {class: 'note'}, ` ${row.logStream}`)]},
        {name: 'Event', cell: (row) => (row.eventId ? h('code', {class: 'id', title: row.eventId}, row.eventId) : h('span', {class: 'note'}, 'none'))},
        {name: 'Object', cell: (row) => h('code', {class: 'id', title: `${row.place} ${row.object}`}, `${row.object} #${row.position}`)},
      ], entries),
      pager(context, entries.length, SIZE)));
}

function text(row) {
  return start(row, 'The record', row.textLength > row.text.length && `${grouped(row.textLength)} characters in all`);
}

function start(row, summary, cut) {
  return row.text === '' ? null
    : h('details', {}, h('summary', {}, summary), h('pre', {tabindex: '0'}, row.text, cut && h('span', {class: 'note'}, ` … ${cut}`)));
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
