// The overview: whether records come in, how late, and what was not simply stored.

import {get, hasToken} from './api.js';
import {card, command, digits, empty, h, icon} from './dom.js';
import {ago, compact, duration, grouped, local, percent, time} from './format.js';
import {outcomeColours} from './palette.js';
import {plot} from './plot.js';
import {recordsTable} from './records.js';
import {table} from './table.js';

const SPANS = [['60', '1 h'], ['360', '6 h'], ['1440', '24 h'], ['10080', '7 d'], ['43200', '30 d']];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const OUTCOMES = [['stored', 'Stored'], ['duplicates', 'Duplicates'], ['quarantined', 'Quarantined'], ['conflicts', 'Conflicts']];

export const overview = {
  title: 'Overview',
  movesByItself: ({objects}) => objects > 0,

  controls() {
    return null;
  },

  async results(context, signal) {
    const {status} = context;
    if (status.objects === 0 && status.quarantined === 0 && status.undelivered === 0) {
      return nothingYet();
    }
    const minutes = context.params.get('minutes') ?? usualSpan(status);
    const until = new Date(status.newestMillis + 1).toISOString();
    const since = new Date(Math.max(0, status.newestMillis - DAY)).toISOString();
    const [arrivals, totals, latest] = await Promise.all([
      get('/api/arrivals', {minutes}, signal),
      status.rows === 0 ? {totals: []} : get('/api/totals', {from: since, to: until}, signal),
      status.rows === 0 ? {records: []} : get('/api/records', {limit: 8, from: since, to: until}, signal),
    ]);
    return h('div', {class: 'stack'},
      figures(status, arrivals),
      arrivalsCard(context, arrivals, minutes),
      h('div', {class: 'columns'},
        metersCard(context, totals.totals, since, until),
        card('Latest records', {tools: h('a', {href: '#/records'}, 'All records')},
          latest.records.length ? recordsTable(context, latest.records, {brief: true}) : empty('No records are stored yet'))));
  },
};

/** The shortest span in which something came in. */
function usualSpan({loadedMillis}) {
  const age = (Date.now() - loadedMillis) / MINUTE;
  return (SPANS.find(([minutes]) => age < Number(minutes)) ?? SPANS.at(-1))[0];
}

function nothingYet() {
  return h('div', {class: 'stack'},
    h('section', {class: 'card welcome'},
      h('h2', {}, 'The ledger is empty'),
      h('p', {}, 'Send it a record, and it is usage a moment later: this page notices by itself.'),
      command(`curl '${location.origin}/api/ingest' --data '{"meterApiName":"api-calls","customerId":"c1",`
        + `"meterValue":1,"meterTimeInMillis":${Date.now()},"uniqueId":"first"}'`
        + (hasToken() ? " -H 'Authorization: Bearer TOKEN'" : '')),
      h('p', {}, 'Or let it watch a folder, and turn your own log lines into records there:'),
      command('meterline serve --ledger usage.ledger --load out\nmeterline run --from file:app.log --to dir:out'),
      h('p', {class: 'note'}, 'Objects that are there already are loaded by ', h('code', {}, 'meterline ledger load --ledger usage.ledger PLACE'),
        ' while nothing serves the ledger.')));
}

function figures(status, {counts, nowMillis, lagMillis}) {
  const lastMinutes = counts.filter(({atMillis}) => atMillis > nowMillis - 5 * MINUTE);
  const rate = lastMinutes.reduce((sum, {records}) => sum + records, 0) / 5;
  const rows = status.rows + status.duplicates + status.conflicts;
  return h('dl', {class: 'figures'},
    figure('Records a minute', rate > 0 && rate < 10 ? rate.toFixed(1) : compact(Math.round(rate)), `over 5 minutes; ${grouped(status.records)} in all`),
    figure('Newest record', status.newestMillis ? ago(status.newestMillis, nowMillis) : '–',
      status.newestMillis ? `${time(status.newestMillis, 'UTC')} UTC` : 'none is stored'),
    figure('Lag', lagMillis === null ? '–' : duration(lagMillis), 'from a record’s time to its loading'),
    figure('Duplicates', grouped(status.duplicates), `${percent(status.duplicates, rows)} of what came; counted once`),
    figure('Quarantined', grouped(status.quarantined), refusals(status), status.quarantined || status.undelivered ? 'warn' : 'good'),
    figure('Conflicts', grouped(status.conflicts), status.conflicts ? h('a', {href: '#/aside?tab=conflicts'}, 'See which') : 'no two records disagree', status.conflicts ? 'bad' : 'good'));
}

/** What the ledger refused, and what never reached it. */
function refusals({quarantined, undelivered}) {
  const refused = quarantined ? h('a', {href: '#/aside'}, 'See why') : 'nothing was refused';
  return undelivered ? [refused, '; ', h('a', {href: '#/aside?tab=undelivered'}, `${grouped(undelivered)} undelivered`)] : refused;
}

function figure(name, value, note, tone = '') {
  return h('div', {class: `figure ${tone}`}, h('dt', {}, name), h('dd', {class: 'value'}, value), h('dd', {class: 'note'}, note));
}

function arrivalsCard({params, change}, {counts, fromMillis, stretchMillis, nowMillis}, minutes) {
  const length = Math.floor((nowMillis - fromMillis) / stretchMillis) + 1;
  const size = stretchMillis >= DAY ? 'day' : 'minute';
  const colours = outcomeColours();
  const starts = Array.from({length}, (unused, place) => local(fromMillis + place * stretchMillis, 'UTC'));
  const series = OUTCOMES.map(([key, name], place) => ({
    name, colour: colours[key], first: place === 0, numbers: new Array(length).fill(0), texts: new Array(length).fill('0'),
  }));
  for (const count of counts) {
    const place = Math.floor((count.atMillis - fromMillis) / stretchMillis);
    OUTCOMES.forEach(([key], which) => {
      series[which].numbers[place] = (count[key] * MINUTE) / stretchMillis;
      series[which].texts[place] = grouped(count[key]);
    });
  }
  const seen = series.filter((one, place) => place === 0 || one.numbers.some((number) => number > 0));
  const spans = h('div', {class: 'segments', role: 'group', 'aria-label': 'Span'},
    SPANS.map(([value, words]) => h('button', {
      type: 'button', id: `span-${value}`, 'aria-pressed': String(value === minutes), onclick: () => change({minutes: value}),
    }, words)));
  const sums = OUTCOMES.map(([key, name]) => `${counts.reduce((sum, count) => sum + count[key], 0)} ${name.toLowerCase()}`).join(', ');
  return card('Arrivals', {note: stretchMillis === MINUTE ? 'records a minute, UTC' : `records a minute, over ${grouped(stretchMillis / MINUTE)} minutes each, UTC`, tools: spans},
    plot({starts, size, series: seen, stacked: true, summary: `What came in during the last ${duration(minutes * MINUTE)}: ${sums}.`}),
    h('details', {}, h('summary', {}, 'As a table'), counts.length === 0 ? h('p', {class: 'note'}, 'Nothing came in.')
      : table('Arrivals', [
        {name: 'From', head: true, cell: (row) => time(row.atMillis, 'UTC')},
        {name: 'Records', numeric: true, cell: (row) => grouped(row.records)},
        ...OUTCOMES.map(([key, name]) => ({name, numeric: true, cell: (row) => grouped(row[key])})),
      ], counts.toReversed())));
}

function metersCard({href}, totals, from, to) {
  return card('Meters', {note: `usage in the 24 hours up to the newest record`, tools: h('a', {href: href('usage', {})}, icon('usage'), 'Explore')},
    totals.length === 0 ? empty('No usage in these hours')
      : table('Usage by meter', [
        {name: 'Meter', head: true, cell: ({meter}) => h('a', {href: href('usage', {meter, range: 'custom', from, to})}, meter)},
        {name: 'Usage', numeric: true, cell: ({value, unit}) => [digits(value), unit && h('span', {class: 'unit'}, ` ${unit}`)]},
        {name: 'Is', cell: ({aggregation}) => h('span', {class: 'tag'}, aggregation)},
        {name: 'Rows', numeric: true, cell: ({rows}) => grouped(rows)},
      ], totals));
}
