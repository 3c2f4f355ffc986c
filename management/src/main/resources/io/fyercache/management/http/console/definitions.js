// Caches are made, changed while they are used, and destroyed. What the process does not accept is told at the field that it is about.

import {ask} from './api.js';
import {find, setAttribute, setOptions, setText} from './dom.js';
import {addFields, inputOf, inputs, settings, typed} from './fields.js';

// ---- what is wrong

function tellAt(input, text) {
  setText(find(`${input.id}-fault`), text);
  setAttribute(input, 'aria-invalid', String(text !== ''));
}

function forgetFaults(form) {
  inputs(form).forEach(input => tellAt(input, ''));
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
    const input = inputOf(form, fault.name);
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

function startDestroying(changed) {
  addFields('destroy');
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
    addFields(form);
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
