// Asks for usage, and makes series of the answers.

import {getText} from './api.js';
import {readCsv} from './csv.js';
import {difference, grouped} from './format.js';
import {MOST_SERIES, seriesColour} from './palette.js';

/** How groups are named that records don't have, and all that are not shown. */
export const NONE = '(none)';
const REST = 'All others';

/** Whether values of parts make that of the whole. */
export function addsUp(aggregation) {
  return aggregation === 'SUM' || aggregation === 'COUNT';
}

/**
 * Answers what the explorer asks: {total, groups, rows, starts, series, csv}.
 *
 * question: {meter, from, to, window, zone, by, top, filters}; by is empty for no groups, top 0 for
 * all of them.
 */
export async function askUsage(question, definition, signal) {
  const {meter, from, to, zone, window, by, filters} = question;
  const base = {meter, from, to, zone, filter: filters};
  const ask = (more) => getText('/api/usage', {...base, ...more}, signal, 'text/csv');
  const [whole, windows, {groups, csv}] = await Promise.all([
    ask({}), ask({window, fill: 'true'}), by === '' ? {groups: [], csv: null} : askGroups(ask, question),
  ]);
  const all = rows(windows);
  const starts = all.map(([start]) => start);
  const result = {total: rows(whole)[0]?.[0] ?? null, groups, starts, csv: csv ?? windows};
  result.rows = rows(result.csv);
  result.series = by === ''
    ? [single(definition, all)]
    : byGroup(result, all, addsUp(definition.aggregation));
  return result;
}

async function askGroups(ask, {window, by, top, filters}) {
  const groups = rows(await ask({'group-by': by, top: top || ''})).map(([name, value]) => ({name, value}));
  if (top === 0) {
    groups.sort((a, b) => Number(b.value) - Number(a.value));
  }
  return {groups, csv: await detail(ask, {window, by, top}, groups, filters)};
}

/** Windows of the groups shown: these alone are asked for, so that thousands of others cost nothing. */
function detail(ask, {window, by, top}, groups, filters) {
  const known = groups.filter(({name}) => name !== null).map(({name}) => `${by}=${name}`);
  const isFiltered = filters.some((filter) => filter.startsWith(`${by}=`));
  return top === 0 || isFiltered || known.length < groups.length || known.length === 0
    ? ask({window, 'group-by': by, top: top || ''})
    : ask({window, 'group-by': by, filter: [...filters, ...known]});
}

function rows(csv) {
  return readCsv(csv).slice(1);
}

function single(definition, all) {
  return {
    name: definition.meter, colour: seriesColour(0), first: true,
    numbers: all.map(([, value]) => (value === null ? null : Number(value))),
    texts: all.map(([, value]) => (value === null ? null : grouped(value))),
  };
}

function byGroup({groups, rows: found, starts}, all, additive) {
  const places = new Map(starts.map((start, place) => [start, place]));
  const nothing = additive ? 0 : null;
  const series = groups.slice(0, MOST_SERIES).map(({name}, place) => ({
    name: name ?? NONE, colour: seriesColour(place), first: place === 0,
    numbers: new Array(starts.length).fill(nothing), texts: new Array(starts.length).fill(nothing === 0 ? '0' : null),
  }));
  const byName = new Map(groups.slice(0, MOST_SERIES).map(({name}, place) => [name, series[place]]));
  const shown = starts.map(() => []);
  for (const [start, name, value] of found) {
    const one = byName.get(name);
    const place = places.get(start);
    if (one && place !== undefined) {
      one.numbers[place] = value === null ? null : Number(value);
      one.texts[place] = value === null ? null : grouped(value);
      shown[place].push(value ?? '0');
    }
  }
  const rest = additive ? remaining(all, shown) : null;
  return rest === null ? series : [...series, rest];
}

/** What the windows hold beside the groups shown, to the last digit; null where that is nothing. */
function remaining(all, shown) {
  const texts = all.map(([, value], place) => difference(value ?? '0', shown[place]));
  return texts.every((text) => text === '0')
    ? null
    : {name: REST, colour: seriesColour(MOST_SERIES), numbers: texts.map(Number), texts: texts.map(grouped)};
}
