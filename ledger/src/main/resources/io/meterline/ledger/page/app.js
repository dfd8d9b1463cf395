// The page: which view is shown, and when it asks again.

import {forgetToken, get, getText, hasToken, Problem, setToken, Unreachable} from './api.js';
import {customers} from './customers.js';
import {card, field, h, icon} from './dom.js';
import {explorer} from './explorer.js';
import {keptAside} from './kept-aside.js';
import {overview} from './overview.js';
import {disposePlots, drawPlots} from './plot.js';
import {records} from './records.js';

const VIEWS = {
  overview: [overview, 'overview'], usage: [explorer, 'usage'], customers: [customers, 'customers'],
  records: [records, 'records'], aside: [keptAside, 'aside'],
};
const ZONE = 'meterline.zone';
const POLL_MILLIS = 1000;
const METERS_PAGE = 1000;
const MOST_POLL_MILLIS = 30_000;
const MOVE_MILLIS = 10_000;

const main = document.getElementById('main');
const banner = document.getElementById('banner');
const live = document.getElementById('live');
let status = null;
let statusText = '';
let meters = [];
let shown = null;
let asking = new AbortController();
let timer;
let isPolling = false;
let failures = 0;
let stale = false;
let lastAsked = 0;
let lastTook = 0;

function route() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return {view: path in VIEWS ? path : 'overview', params: new URLSearchParams(query)};
}

function href(view, more) {
  const params = new URLSearchParams();
  set(params, more);
  return `#/${view}${params.size ? `?${params}` : ''}`;
}

function set(params, more) {
  for (const [name, value] of Object.entries(more)) {
    params.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== '' && one !== undefined && one !== null) {
        params.append(name, one);
      }
    }
  }
}

function context() {
  const {view, params} = route();
  const zone = params.get('zone') ?? localStorage.getItem(ZONE) ?? 'UTC';
  return {
    view, params, status, meters, zone, href,
    change(more) {
      if (more.zone) {
        localStorage.setItem(ZONE, more.zone);
      }
      set(params, more);
      location.hash = href(view, Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)])));
    },
  };
}

/** Shows the view that the address names: its controls at once, its results when they are there. */
async function show() {
  if (status === null) {
    return;
  }
  const here = context();
  const [view] = VIEWS[here.view];
  const isOther = shown?.view !== here.view;
  asking.abort();
  asking = new AbortController();
  const {signal} = asking;
  document.title = `${view.title} – Meterline`;
  drawNav(here.view);
  if (isOther) {
    disposePlots(main);
    shown = {view: here.view, controls: h('div', {class: 'controls-area'}), results: h('div', {class: 'results'})};
    main.replaceChildren(h('h1', {id: 'title', tabindex: '-1'}, view.title), shown.controls, shown.results);
    scrollTo(0, 0);
  }
  await Promise.all([control(here, view, signal), fill(here, view, signal)]);
}

async function control(here, view, signal) {
  try {
    const controls = await view.controls(here, signal);
    if (!signal.aborted) {
      keepingFocus(() => shown.controls.replaceChildren(...(controls ? [controls] : [])));
    }
  } catch (failure) {
    if (!signal.aborted) {
      complain(failure);
    }
  }
}

/** Asks for the results, and puts them in the place of those that are there. */
async function fill(here, view, signal) {
  const into = shown.results;
  into.setAttribute('aria-busy', 'true');
  lastAsked = Date.now();
  stale = false;
  try {
    const results = await view.results(here, signal);
    if (signal.aborted) {
      return;
    }
    disposePlots(into);
    keepingFocus(() => into.replaceChildren(results));
    await drawPlots(into);
  } catch (failure) {
    if (!signal.aborted) {
      complain(failure);
    }
  } finally {
    if (!signal.aborted) {
      lastTook = Date.now() - lastAsked;
      into.setAttribute('aria-busy', 'false');
      into.dataset.view = location.hash;
    }
  }
}

/** What has the focus keeps it, and a draft its text, where the same control stands on the page afterwards. */
function keepingFocus(change) {
  const {activeElement: active} = document;
  const id = main.contains(active) ? active.id : '';
  const selection = active instanceof HTMLInputElement ? [active.selectionStart, active.selectionEnd] : null;
  const typed = active instanceof HTMLInputElement ? active.value : null;
  const drafts = [...main.querySelectorAll('[data-draft]')].map((one) => [one.id, one.value]);
  const open = [...shown.results.querySelectorAll('details')].map((one) => one.open);
  change();
  [...shown.results.querySelectorAll('details')].forEach((one, place) => {
    one.open = open[place] ?? false;
  });
  for (const [draft, value] of drafts) {
    const control = document.getElementById(draft);
    if (control && control.value !== value) {
      control.value = value;
      control.dispatchEvent(new Event('change'));
    }
  }
  const again = id && document.getElementById(id);
  if (again && again !== document.activeElement) {
    if (typed !== null && again instanceof HTMLInputElement) {
      again.value = typed;
    }
    again.focus({preventScroll: true});
    if (selection?.[0] !== null && selection !== null && again instanceof HTMLInputElement) {
      again.setSelectionRange(...selection);
    }
  }
}

function complain(failure) {
  if (failure instanceof Problem && failure.status === 401) {
    signIn();
  } else if (failure instanceof Unreachable) {
    unreachable();
  } else {
    disposePlots(shown.results);
    const isProblem = failure instanceof Problem;
    shown.results.replaceChildren(h('div', {class: 'callout', role: 'alert'},
      h('p', {class: 'callout-title'}, isProblem && failure.status < 500 ? 'This can’t be answered as it was asked' : 'The server failed to answer'),
      h('p', {id: 'why'}, failure.message),
      isProblem && failure.status === 400 && h('p', {}, ways())));
    if (!isProblem) {
      throw failure;
    }
  }
}

/** Ways on from a view whose address names something that does not exist. */
function ways() {
  const {view, params} = route();
  const left = (...names) => {
    const kept = [...params].filter(([name]) => !names.includes(name));
    return `#/${view}${kept.length ? `?${new URLSearchParams(kept)}` : ''}`;
  };
  return [
    (params.has('filter') || params.has('by')) && h('a', {id: 'without', href: left('filter', 'by')}, 'Without filters and groups'),
    params.has('customer') && h('a', {id: 'without', href: left('customer')}, 'All customers'),
    (params.has('filter') || params.has('by') || params.has('customer')) && ' · ',
    h('a', {href: `#/${view}`}, 'Start this view anew'),
  ];
}

function drawNav(current) {
  const nav = document.getElementById('nav');
  nav.replaceChildren(...Object.entries(VIEWS).map(([name, [view, drawing]]) => h('a', {
    href: `#/${name}`, 'aria-current': name === current ? 'page' : null,
  }, icon(drawing), h('span', {}, view.title))));
}

function signIn() {
  clearTimeout(timer);
  const refused = hasToken();
  forgetToken();
  status = null;
  statusText = '';
  if (shown) {
    disposePlots(main);
    shown = null;
  }
  say('idle', 'Signed out');
  const input = h('input', {id: 'token', type: 'password', autocomplete: 'current-password', required: true, spellcheck: 'false'});
  main.replaceChildren(h('div', {class: 'sign-in'}, card('Sign in', {},
    h('form', {onsubmit: (event) => {
      event.preventDefault();
      setToken(input.value.trim());
      poll();
    }},
    h('p', {}, 'This ledger is served with a token. It stays in this tab, and is forgotten when the tab is closed.'),
    refused && h('p', {class: 'callout', role: 'alert'}, 'That is not the server’s token.'),
    field('Token', input),
    h('button', {type: 'submit', class: 'primary'}, 'Sign in')))));
  input.focus();
}

function say(state, words) {
  live.dataset.state = state;
  const text = document.getElementById('live-text');
  if (text.textContent !== words) {
    text.textContent = words;
  }
}

function unreachable() {
  failures++;
  say('lost', 'Not connected');
  banner.hidden = false;
  banner.textContent = 'The server can’t be reached. What is shown may be old; the page tries again by itself.';
}

/** Asks whether something is new, as long as somebody looks. */
async function poll() {
  clearTimeout(timer);
  if (isPolling) {
    return;
  }
  if (document.hidden) {
    say('idle', 'Paused');
    return;
  }
  isPolling = true;
  try {
    // The first time both are asked for at once: the second is needed in any case.
    const [text, first] = await Promise.all([getText('/api/status'), status === null ? allMeters() : null]);
    failures = 0;
    banner.hidden = true;
    say('live', 'Live');
    meters = first ?? meters;
    await take(text);
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) {
      signIn();
      return;
    }
    unreachable();
    if (failure instanceof Problem) {
      banner.textContent = `The server answers with an error: ${failure.message}`;
    } else if (!(failure instanceof Unreachable)) {
      throw failure;
    }
  } finally {
    isPolling = false;
    if (main.querySelector('#token') === null) {
      timer = setTimeout(poll, Math.min(MOST_POLL_MILLIS, POLL_MILLIS * 2 ** failures));
    }
  }
}

async function allMeters() {
  const all = [];
  let page;
  do {
    page = (await get('/api/meters', {after: all.at(-1)?.meter ?? '', limit: METERS_PAGE})).meters;
    all.push(...page);
  } while (page.length === METERS_PAGE);
  return all;
}

async function take(text) {
  const isFirst = status === null;
  const isNew = text !== statusText;
  if (isNew) {
    const next = JSON.parse(text);
    if (next.meters !== meters.length && !isFirst) {
      meters = await allMeters();
    }
    status = next;
    statusText = text;
    stale = true;
  }
  if (isFirst) {
    await show();
  } else {
    await refresh();
  }
}

/** Fills the results anew where they are old: not under somebody's pointer, and not all the time. */
async function refresh() {
  const here = context();
  const [view] = VIEWS[here.view];
  const since = Date.now() - lastAsked;
  const isDue = stale ? since > 5 * lastTook : view.movesByItself?.(status) && since > MOVE_MILLIS;
  const isLookedAt = main.querySelector('canvas:hover, canvas:focus, details[open] pre') !== null;
  if (isDue && !isLookedAt && shown?.results.getAttribute('aria-busy') !== 'true') {
    asking.abort();
    asking = new AbortController();
    if (shown.controls.childElementCount === 0) {
      await show();
    } else {
      await fill(here, view, asking.signal);
    }
  }
}

const THEMES = {auto: 'light', light: 'dark', dark: 'auto'};

function drawTheme() {
  const {theme} = document.documentElement.dataset;
  const button = document.getElementById('theme');
  button.replaceChildren(icon('theme'), h('span', {}, `Theme: ${theme}`));
  button.setAttribute('aria-label', `Theme: ${theme}. Change to ${THEMES[theme]}`);
}

document.getElementById('theme').addEventListener('click', () => {
  const next = THEMES[document.documentElement.dataset.theme] ?? 'auto';
  document.documentElement.dataset.theme = next;
  localStorage.setItem('meterline.theme', next);
  drawTheme();
  show();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
addEventListener('hashchange', async () => {
  const before = shown?.view;
  await show();
  if (shown && shown.view !== before) {
    document.getElementById('title').focus({preventScroll: true});
  }
});
document.addEventListener('visibilitychange', poll);
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
drawTheme();
drawNav(route().view);
poll();
