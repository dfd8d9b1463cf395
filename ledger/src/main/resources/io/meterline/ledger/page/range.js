// From when to when, and in windows of which size.

import {local} from './format.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const RANGES = [
  ['1h', 'Last hour'], ['24h', 'Last 24 hours'], ['today', 'Today'], ['yesterday', 'Yesterday'], ['7d', 'Last 7 days'],
  ['30d', 'Last 30 days'], ['month', 'This month'], ['last-month', 'Last month'], ['custom', 'From … to …'],
];

export const WINDOWS = [
  ['', 'Automatic'], ['minute', 'Minute'], ['hour', 'Hour'], ['day', 'Day'], ['week', 'Week'], ['month', 'Month'],
];

function day(millis, zone) {
  return local(millis, zone).slice(0, 10);
}

function shifted(date, days) {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

function month(date, months) {
  const at = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.toISOString().slice(0, 10);
}

function instant(millis) {
  return new Date(millis).toISOString().replace('.000', '');
}

/** Days around the newest record, where it is older than the usual ranges. */
export function aroundNewest(newestMillis, zone) {
  const last = day(newestMillis, zone);
  return {range: 'custom', from: shifted(last, -29), to: shifted(last, 1)};
}

/** What is shown where the address says nothing. */
export function defaultRange(status, zone, now = Date.now()) {
  const newest = status.newestMillis;
  if (newest === 0 || newest > now - DAY) {
    return {range: '24h'};
  }
  return newest > now - 30 * DAY ? {range: '30d'} : aroundNewest(newest, zone);
}

/** The bounds that a range has now, as the API takes them. */
export function bounds({range, from, to}, zone, now = Date.now()) {
  const today = day(now, zone);
  switch (range) {
    case '1h': {
      const end = Math.ceil((now + 1) / 60_000) * 60_000;
      return {from: instant(end - HOUR), to: instant(end)};
    }
    case '24h': {
      const end = Math.ceil((now + 1) / HOUR) * HOUR;
      return {from: instant(end - DAY), to: instant(end)};
    }
    case 'today': return {from: today, to: shifted(today, 1)};
    case 'yesterday': return {from: shifted(today, -1), to: today};
    case '7d': return {from: shifted(today, -6), to: shifted(today, 1)};
    case '30d': return {from: shifted(today, -29), to: shifted(today, 1)};
    case 'month': return {from: month(today, 0), to: month(today, 1)};
    case 'last-month': return {from: month(today, -1), to: month(today, 0)};
    default: return {from, to};
  }
}

/** The size of windows that makes a readable chart of the range. */
export function windowOf({from, to}) {
  const length = Date.parse(to) - Date.parse(from);
  return length <= 3 * HOUR ? 'minute' : length <= 4 * DAY ? 'hour' : length <= 124 * DAY ? 'day' : 'month';
}

/** The range that an address names, or the one for an address that names none. */
export function rangeOf(params, status, zone) {
  const range = params.get('range');
  if (range === 'custom' || (!range && params.has('from'))) {
    return {range: 'custom', from: params.get('from') ?? '', to: params.get('to') ?? ''};
  }
  return range ? {range} : defaultRange(status, zone);
}
