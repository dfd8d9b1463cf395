// Asks the server. Values keep all their digits: they stay text, and never become a Number here.

const TOKEN = 'meterline.token';
const TIMEOUT_MILLIS = 60_000;

/** What the server says is wrong with a question. */
export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

/** No answer came. */
export class Unreachable extends Error {}

export function setToken(token) {
  sessionStorage.setItem(TOKEN, token);
}

export function hasToken() {
  return sessionStorage.getItem(TOKEN) !== null;
}

export function forgetToken() {
  sessionStorage.removeItem(TOKEN);
}

/** The path with its parameters; those that are empty are left out, lists come as often as they are long. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== '' && one !== null && one !== undefined && one !== false) {
        query.append(name, one);
      }
    }
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The text of an answer. */
export async function getText(path, parameters, signal, accept = 'application/json') {
  const headers = {Accept: accept};
  const token = sessionStorage.getItem(TOKEN);
  if (token !== null) {
    headers.Authorization = `Bearer ${token}`;
  }
  const timeout = AbortSignal.timeout(TIMEOUT_MILLIS);
  let response;
  let text;
  try {
    response = await fetch(address(path, parameters), {
      headers, cache: 'no-store', signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    text = await response.text();
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new Unreachable(failure.message);
  }
  if (!response.ok) {
    throw problem(response, text);
  }
  return text;
}

/** The object of an answer, in which values of meters are text. */
export async function get(path, parameters, signal) {
  return JSON.parse(exact(await getText(path, parameters, signal)));
}

// A quote inside a string is escaped, and so these names are found as names alone.
function exact(json) {
  return json.replace(/"(meterValue|value)":(-?\d[\d.eE+-]*)/g, '"$1":"$2"');
}

function problem(response, text) {
  try {
    const {title, detail} = JSON.parse(text);
    return new Problem(response.status, title, detail);
  } catch {
    return new Problem(response.status, response.statusText, text.slice(0, 200));
  }
}
