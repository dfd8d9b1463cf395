// The controls that several views share. Each changes the address, and the address makes the view.

import {field, h, select} from './dom.js';
import {isZone} from './format.js';
import {bounds, RANGES, rangeOf} from './range.js';

const ZONES = ['UTC', ...(Intl.supportedValuesOf?.('timeZone') ?? [])];

/** Which range; with days or times to type where it is none of the usual ones. */
export function rangePicker({params, status, zone, change}, choices = RANGES) {
  const current = rangeOf(params, status, zone);
  const picker = select('range', choices, current.range, (range) => {
    if (range === 'custom') {
      const now = bounds(current, zone);
      change({range, from: now.from.slice(0, 10), to: now.to.slice(0, 10)});
    } else {
      change({range, from: '', to: ''});
    }
  });
  if (current.range !== 'custom') {
    return [field('Range', picker)];
  }
  return [
    field('Range', picker),
    field('From', moment('from', current.from, (from) => change({range: 'custom', from, to: current.to}))),
    field('To, not with it', moment('to', current.to, (to) => change({range: 'custom', to, from: current.from}))),
  ];
}

function moment(id, value, onchange) {
  return h('input', {
    id, value, type: 'text', class: 'moment', autocomplete: 'off', spellcheck: 'false',
    placeholder: '2026-11-24', title: 'A day, such as 2026-11-24, or a time, such as 2026-11-24T06:00:00Z',
    onchange: (event) => onchange(event.target.value.trim()),
  });
}

/** In which zone days start. */
export function zonePicker({zone, change}) {
  const list = h('datalist', {id: 'zones'}, ZONES.map((value) => h('option', {value})));
  const input = h('input', {
    id: 'zone', value: zone, list: 'zones', autocomplete: 'off', spellcheck: 'false',
    onchange: (event) => {
      const value = event.target.value.trim() || 'UTC';
      event.target.setCustomValidity(isZone(value) ? '' : 'not a time zone; one is Europe/Berlin');
      if (event.target.reportValidity()) {
        change({zone: value});
      }
    },
  });
  return h('div', {class: 'field'}, h('label', {for: 'zone'}, 'Time zone'), input, list);
}

/** A box to search in, which asks when the typing pauses. */
export function searchBox(id, label, {params, change}, placeholder = '') {
  let waiting;
  const ask = (event) => change({[id]: event.target.value.trim(), skip: ''});
  return field(label, h('input', {
    id, type: 'search', value: params.get(id) ?? '', autocomplete: 'off', spellcheck: 'false', placeholder,
    oninput: (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => ask(event), 250);
    },
  }));
}

/** To the rows before and after those shown. */
export function pager({params, change}, shown, size, words = ['Newer', 'Older']) {
  const skip = Number(params.get('skip') ?? 0);
  const go = (to) => change({skip: to > 0 ? String(to) : ''});
  return h('nav', {class: 'pager', 'aria-label': 'Pages'},
    h('button', {type: 'button', id: 'page-before', disabled: skip === 0, onclick: () => go(skip - size)}, `← ${words[0]}`),
    h('span', {class: 'note'}, shown === 0 ? 'no rows' : `rows ${(skip + 1).toLocaleString('en')} to ${(skip + shown).toLocaleString('en')}`),
    h('button', {type: 'button', id: 'page-after', disabled: shown < size, onclick: () => go(skip + size)}, `${words[1]} →`));
}
