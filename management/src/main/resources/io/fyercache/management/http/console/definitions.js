// Caches are made, changed while they are used, and destroyed. What the process does not accept is told at the field that it is about.

import {ask} from './api.js';
import {find, setAttribute, setOptions, setText} from './dom.js';

/** The fields of a form, by the ends of their ids, and the names that the process has for what is in them. Others begin with one of these, and a dot. */
const FIELDS = {
  'name': ['name'],
  'topology': ['topology'],
  'key-type': ['keyType'],
  'value-type': ['valueType'],
  'maximum': ['maximumEntries', 'maximumWeight'],
  'expiry-time': ['expiry.created', 'expiry.modified', 'expiry.accessed', 'expiry.touched'],
  'expiry': ['expiry'],
  'statistics': ['statistics'],
  'confirm': ['confirm', 'parameter confirm'],
};

/** What a form sends as it was typed: the process says what it makes of it. */
function numberOrText(text) {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

function field(form, end) {
  return document.getElementById(`${form}-${end}`);
}

function typed(form, end) {
  return field(form, end)?.value.trim() ?? '';
}

/** Returns the settings that are stated in a form. */
function settings(form) {
  const stated = {};
  for (const [end, name] of [['topology', 'topology'], ['key-type', 'keyType'], ['value-type', 'valueType']]) {
    if (typed(form, end) !== '') {
      stated[name] = typed(form, end);
    }
  }
  if (typed(form, 'maximum') !== '') {
    stated.maximumEntries = numberOrText(typed(form, 'maximum'));
  }
  const expiry = typed(form, 'expiry');
  if (expiry === 'eternal') {
    stated.expiry = expiry;
  } else if (expiry !== '') {
    stated.expiry = {[expiry]: typed(form, 'expiry-time')};
  }
  if (typed(form, 'statistics') !== '') {
    stated.statistics = typed(form, 'statistics') === 'on';
  }
  return stated;
}

// ---- what is wrong

/** Returns the field that a fault is about, or null: it may be about what no field has. */
function fieldOf(form, name) {
  const is = known => name === known || name.startsWith(`${known}.`);
  const [end] = Object.keys(FIELDS).filter(each => field(form, each) !== null && FIELDS[each].some(is));
  return end === undefined ? null : field(form, end);
}

function tellAt(input, text) {
  setText(find(`${input.id}-fault`), text);
  setAttribute(input, 'aria-invalid', String(text !== ''));
}

function forgetFaults(form) {
  for (const end of Object.keys(FIELDS)) {
    if (field(form, end) !== null) {
      tellAt(field(form, end), '');
    }
  }
}

function words({value, expected, remedy}) {
  return [`${value ?? 'nothing'} (expected: ${expected})`, remedy].filter(Boolean).join('; ');
}

/** Tells each fault at its field, goes to the first one, and returns what is left to be told. */
function tellFaults(form, failure) {
  const faults = failure.faults ?? [];
  const left = [];
  let first = null;
  for (const fault of faults) {
    const input = fieldOf(form, fault.name);
    if (input === null) {
      left.push(`${fault.name}: ${words(fault)}`);
    } else {
      tellAt(input, words(fault));
      first ??= input;
    }
  }
  first?.focus();
  return faults.length === 0 ? failure.message : left.join('; ') || 'see the fields that are marked.';
}

/** Does something, and tells what has become of it; returns whether it is done. */
async function attempt(form, what) {
  forgetFaults(form);
  const outcome = find(`${form}-outcome`);
  setText(outcome, 'Asking …');
  try {
    setText(outcome, await what());
    return true;
  } catch (failure) {
    setText(outcome, `Not done: ${tellFaults(form, failure)}`);
    return false;
  }
}

// ---- what is done

async function make() {
  const name = typed('make', 'name');
  const {created} = await ask('caches', {method: 'POST', json: {name, settings: settings('make')}});
  return created ? `Cache “${name}” is made.` : `Cache “${name}” is there, and is the same.`;
}

function path(name) {
  return `caches/${encodeURIComponent(name)}`;
}

async function change() {
  const name = typed('change', 'cache');
  await ask(path(name), {method: 'PATCH', json: settings('change')});
  return `Cache “${name}” is changed.`;
}

async function destroy(name) {
  await ask(`${path(name)}?confirm=${encodeURIComponent(typed('destroy', 'confirm'))}`, {method: 'DELETE'});
  return `Cache “${name}” is destroyed.`;
}

/** Has a time asked for only where there is one. */
function followExpiry(form) {
  const kind = find(`${form}-expiry`);
  const follow = () => {
    find(`${form}-expiry-time`).disabled = kind.value === '' || kind.value === 'eternal';
  };
  kind.addEventListener('change', follow);
  follow();
}

function startDestroying(changed) {
  const dialog = find('destruction');
  let name;
  find('destroy').addEventListener('click', () => {
    name = typed('change', 'cache');
    setText(find('destruction-text'), `Destroy cache “${name}” with all its entries, for every process that uses it? Type its name once more.`);
    find('destroy-confirm').value = '';
    setText(find('destroy-outcome'), '');
    forgetFaults('destroy');
    dialog.showModal();
  });
  find('destroy-refuse').addEventListener('click', () => dialog.close());
  find('destruction-form').addEventListener('submit', async event => {
    event.preventDefault();
    if (await attempt('destroy', () => destroy(name))) {
      dialog.close();
      setText(find('change-outcome'), find('destroy-outcome').textContent);
      changed();
    }
  });
}

/** Makes the forms usable; calls a function when caches have changed. */
export function startDefinitions(changed) {
  for (const [form, what] of [['make', make], ['change', change]]) {
    followExpiry(form);
    find(`${form}-form`).addEventListener('submit', async event => {
      event.preventDefault();
      if (await attempt(form, what)) {
        changed();
      }
    });
  }
  startDestroying(changed);
}

/** Offers the caches that can be changed. */
export function offerDefinitions(caches) {
  setOptions(find('change-cache'), caches.map(({name}) => [name, name]));
  find('change-fields').disabled = caches.length === 0;
}
