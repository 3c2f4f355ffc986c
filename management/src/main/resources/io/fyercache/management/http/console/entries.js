// Entries: looked up by key, and invalidated, which tells no writer.

import {ask, askExactly} from './api.js';
import {count, find, setOptions, setText} from './dom.js';

function path(name) {
  return `caches/${encodeURIComponent(find('entry-cache').value)}/${name}`;
}

function tell(text, value = '') {
  setText(find('entry-outcome'), text);
  setText(find('entry-value'), value);
  find('entry-value').hidden = value === '';
}

/** Does something, and tells what has become of it. */
async function attempt(what) {
  tell('Asking …');
  try {
    await what();
  } catch (failure) {
    tell(`Not done: ${failure.message}`);
  }
}

async function lookUp() {
  const entry = await askExactly(`${path('entry')}?key=${encodeURIComponent(find('entry-key').value)}`);
  if (entry.notShown === undefined) {
    tell(`Found, of type ${entry.type}:`, JSON.stringify(entry.value, null, 2));
  } else {
    tell(`Found, of type ${entry.type}, and not shown: ${entry.notShown}`);
  }
}

/** What is invalidated: as it is sent, and as it is told. */
function wish() {
  const key = find('entry-key').value;
  switch (find('invalidate-what').value) {
    case 'key': return {json: {key}, text: `the entry of key “${key}”`};
    case 'prefix': return {json: {prefix: key}, text: `all entries whose keys begin with “${key}”`};
    default: return {json: {all: true}, text: 'all entries'};
  }
}

async function invalidate({json}) {
  const {invalidated, complete} = await ask(path('invalidations'), {method: 'POST', json});
  const gone = invalidated === undefined ? 'All entries were dropped.' : `${count(invalidated, 'entry was', 'entries were')} dropped.`;
  tell(complete ? gone : `${gone} There are too many entries, and not all were looked at.`);
}

/** Makes the form usable. */
export function startEntries() {
  const dialog = find('confirmation');
  find('entry-form').addEventListener('submit', event => {
    event.preventDefault();
    attempt(lookUp);
  });
  find('invalidate').addEventListener('click', () => {
    setText(find('confirmation-text'), `Drop ${wish().text} of cache “${find('entry-cache').value}”? No writer is told.`);
    dialog.returnValue = '';
    dialog.showModal();
  });
  find('confirm').addEventListener('click', () => dialog.close('yes'));
  find('refuse').addEventListener('click', () => dialog.close(''));
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'yes') {
      attempt(() => invalidate(wish()));
    }
  });
}

/** Offers the caches. If the entries of one cannot be asked for here, the process says why. */
export function offerCaches(caches) {
  setOptions(find('entry-cache'), caches.map(({name}) => [name, name]));
  find('entry-fields').disabled = caches.length === 0;
  setText(find('entry-remark'), caches.length === 0 ? 'There is no cache, so there is no entry to ask for.' : '');
}
