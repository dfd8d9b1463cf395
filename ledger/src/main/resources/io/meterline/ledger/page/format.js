// How numbers and times are written.

const COMPACT = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const clocks = new Map();

/** An exact number, given as text, with its thousands told apart. */
export function grouped(value) {
  const [, sign, whole, rest] = /^(-?)(\d*)(.*)$/.exec(String(value));
  return (sign ? '\u2212' : '') + whole.replace(/\B(?=(\d{3})+$)/g, ',') + rest;
}

/** What remains of an exact number without others, all of them text. */
export function difference(whole, parts) {
  const scale = Math.max(...[whole, ...parts].map((text) => (text.split('.')[1] ?? '').length));
  const left = parts.reduce((sum, part) => sum - scaled(part, scale), scaled(whole, scale));
  const digits = (left < 0n ? -left : left).toString().padStart(scale + 1, '0');
  const end = digits.length - scale;
  const fraction = digits.slice(end).replace(/0+$/, '');
  return (left < 0n ? '-' : '') + digits.slice(0, end) + (fraction && `.${fraction}`);
}

function scaled(text, scale) {
  const [whole, fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

/** A number in few characters, such as 1.2M. */
export function compact(number) {
  return Math.abs(number) < 1e15 ? COMPACT.format(number) : number.toExponential(1).replace('e+', 'e');
}

/** A share of a whole. */
export function percent(part, whole) {
  if (whole === 0) {
    return '0%';
  }
  const share = (100 * part) / whole;
  return share > 0 && share < 0.1 ? '<0.1%' : `${share.toFixed(share < 10 ? 1 : 0)}%`;
}

/** A stretch of time. */
export function duration(millis) {
  const abs = Math.abs(millis);
  const [number, unit] =
    abs < 1000 ? [Math.round(abs), 'ms']
      : abs < 90_000 ? [(abs / 1000).toFixed(abs < 10_000 ? 1 : 0), 's']
        : abs < 90 * 60_000 ? [Math.round(abs / 60_000), 'min']
          : abs < 36 * 3_600_000 ? [Math.round(abs / 3_600_000), 'h']
            : [Math.round(abs / 86_400_000), 'days'];
  return `${number} ${unit}`;
}

/** How long ago. */
export function ago(millis, now = Date.now()) {
  const past = now - millis;
  return Math.abs(past) < 1000 ? 'just now' : past < 0 ? `in ${duration(past)}` : `${duration(past)} ago`;
}

/** Whether a browser knows the zone. */
export function isZone(zone) {
  try {
    clock(zone);
    return true;
  } catch {
    return false;
  }
}

function clock(zone) {
  let found = clocks.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit',
      hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3,
    });
    clocks.set(zone, found);
  }
  return found;
}

/** The local time, as in 2026-11-24T11:09:05.120. */
export function local(millis, zone) {
  return clock(isZone(zone) ? zone : 'UTC').format(millis).replace(' ', 'T').replace(',', '.');
}

/** The local time to read, as in 2026-11-24 11:09:05. */
export function time(millis, zone) {
  return local(millis, zone).slice(0, 19).replace('T', ' ');
}

/** A window's start, written as long as its size asks for. */
export function windowName(start, size) {
  const [, year, month, day, clockTime, offset] =
    /^(\d+)-(\d\d)-(\d\d)T(\d\d:\d\d)(?::\d\d)?(.*)$/.exec(start);
  const date = `${Number(day)} ${MONTHS[month - 1]} ${year}`;
  switch (size) {
    case 'month': return `${MONTHS[month - 1]} ${year}`;
    case 'week': return `week of ${date}`;
    case 'day': return date;
    default: return `${date}, ${clockTime}${offset === '' || offset === 'Z' ? '' : ` (${offset})`}`;
  }
}

/** A mark below a chart. */
export function tickName(start, size) {
  const [, year, month, day, clockTime] = /^(\d+)-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(start);
  if (size === 'month') {
    return month === '01' ? year : MONTHS[month - 1];
  }
  return clockTime === '00:00' || size === 'day' || size === 'week'
    ? `${Number(day)} ${MONTHS[month - 1]}` : clockTime;
}
