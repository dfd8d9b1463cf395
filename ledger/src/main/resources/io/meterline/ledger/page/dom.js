// Makes elements. Text is always a text node: nothing that a record says is ever read as markup.

import {grouped} from './format.js';

/** An element; `on…` properties listen, `false`, null and undefined leave an attribute out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'value') {
      element.value = value;
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

const ICONS = {
  overview: 'M4 13h7V4H4zM13 20h7V11h-7zM13 4v4h7V4zM4 20h7v-4H4z',
  usage: 'M5 20V10M10 20V4M15 20v-8M20 20V7',
  customers: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.6 3-5.5 6.500-5.500s6.100 1.900 6.500 5.500M16 4.300a3.500 3.500 0 0 1 0 6.400M18 14.800c2 .8 3.200 2.600 3.500 5.200',
  records: 'M8 6h13M8 12h13M8 18h13M3.500 6h.01M3.500 12h.01M3.500 18h.01',
  aside: 'M12 4 2.800 20h18.400zM12 10v4M12 17.200v.01',
  download: 'M12 4v11M7.500 10.500 12 15l4.500-4.500M5 20h14',
  theme: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
};

/** A drawing beside a word that says the same. */
export function icon(name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** A control below its label. */
export function field(label, control) {
  return h('div', {class: 'field'}, h('label', {for: control.id}, label), control);
}

/** A choice of [value, words]. */
export function select(id, options, chosen, onchange) {
  const element = h('select', {id, onchange: (event) => onchange(event.target.value)},
    options.map(([value, words]) => h('option', {value, selected: value === chosen}, words)));
  return element;
}

/** A part of the page with a heading. */
export function card(title, {note, tools, kind = ''} = {}, ...children) {
  return h('section', {class: `card ${kind}`},
    h('header', {}, h('div', {}, h('h2', {}, title), note && h('p', {class: 'note'}, note)),
      tools && h('div', {class: 'tools'}, tools)),
    children);
}

/** What stands where there is nothing to show. */
export function empty(title, ...children) {
  return h('div', {class: 'empty'}, h('p', {class: 'empty-title'}, title), children);
}

/** An exact number, which may break between its groups where it is too long for a line. */
export function digits(value) {
  const text = value === null ? '–' : grouped(value);
  return text.length > 24 ? h('span', {class: 'digits'}, ...text.split(/(?<=,)/).flatMap((group) => [group, h('wbr')])) : text;
}

/** A command to type. */
export function command(text) {
  return h('pre', {class: 'command', tabindex: '0'}, h('code', {}, text));
}
