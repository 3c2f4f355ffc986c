// Asks the process that this page comes from. The token is kept for this tab alone, and is sent as a field of the request, never in an address.

const TOKEN = 'fyercache.token';

/** Milliseconds after which an answer is given up: as long as a cluster's patience, and a bit. */
const PATIENCE_MILLIS = 40_000;

/** Items of the largest page that the API gives. */
const PAGE = 1_000;

const NOT_IDENTIFIED = 401;

/** The process has refused what it was asked for, and says why. */
export class Problem extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `it was answered ${status}`);
    this.needsToken = status === NOT_IDENTIFIED;
    // Each thing that is wrong with what was sent, or the one.
    this.faults = problem?.faults ?? (problem?.expected === undefined ? [] : [problem]);
  }
}

/** Nobody has answered. */
export class NotReached extends Error {}

/** Uses a token from now on, until the tab is closed. */
export function signIn(token) {
  sessionStorage.setItem(TOKEN, token.trim());
}

export function signOut() {
  sessionStorage.removeItem(TOKEN);
}

export function hasToken() {
  return sessionStorage.getItem(TOKEN) !== null;
}

/** Keeps numbers as they were sent: the largest ones of caches have more digits than those of a browser. */
function exactly(name, value, context) {
  return typeof value === 'number' && JSON.rawJSON && context ? JSON.rawJSON(context.source) : value;
}

async function send(path, {method = 'GET', json, reviver} = {}) {
  const headers = new Headers();
  if (hasToken()) {
    headers.set('Authorization', `Bearer ${sessionStorage.getItem(TOKEN)}`);
  }
  if (json !== undefined) {
    headers.set('Content-Type', 'application/json');
  }
  const request = {
    method,
    headers,
    body: json === undefined ? undefined : JSON.stringify(json),
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(PATIENCE_MILLIS),
  };
  const {response, text} = await transfer(path, request);
  return {status: response.status, ok: response.ok, body: JSON.parse(text, reviver)};
}

async function transfer(path, request) {
  try {
    const response = await fetch(path, request);
    return {response, text: await response.text()};
  } catch (failure) {
    throw new NotReached(`${path}: no answer (expected: one within ${PATIENCE_MILLIS / 1_000} s)`, {cause: failure});
  }
}

/** Returns what is answered; throws a `Problem` if it is refused, and `NotReached` if nobody answers. */
export async function ask(path, options) {
  const {ok, status, body} = await send(`api/v1/${path}`, options);
  if (!ok) {
    throw new Problem(status, body);
  }
  return body;
}

/** Like `ask`, for values of caches: all digits of numbers are kept, for `JSON.stringify` to write. */
export function askExactly(path) {
  return ask(path, {reviver: exactly});
}

/** Returns a whole list, page by page. */
export async function askForAll(path) {
  const items = [];
  let next = 0;
  while (next !== undefined) {
    const page = await ask(`${path}?limit=${PAGE}&offset=${next}`);
    items.push(...page.items);
    next = page.next;
  }
  return items;
}

/** Returns whether the process is of use, and why; no token is needed. */
export async function askForHealth() {
  return (await send('health/ready')).body;
}
