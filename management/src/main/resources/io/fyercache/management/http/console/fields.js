// The fields of the forms by which caches are made, changed and destroyed. Each is described once, whatever forms it is in.

import {element, find} from './dom.js';

const ON_OR_OFF = [['on', 'on'], ['off', 'off']];

const isInvalidated = {end: 'topology', by: topology => topology === 'invalidated'};

/**
 * A field has the end of its id, its label, and the names that the process has for what is in it; others begin with one of these, and a dot. One with choices is chosen, the others are
 * typed. One that needs another field is there while that is right. `setting` is the setting that it states, as what it reads of the text.
 */
const NAME = {end: 'name', label: 'Name', names: ['name'], input: {spellcheck: 'false', required: ''}};
const TOPOLOGY = {
  end: 'topology',
  label: 'Topology',
  names: ['topology'],
  choices: [['partitioned', 'partitioned'], ['replicated', 'replicated'], ['invalidated', 'invalidated'], ['local', 'local']],
  setting: 'topology',
};
const BUS = {
  end: 'bus',
  label: 'Kept in step by',
  names: ['invalidation.bus'],
  input: {spellcheck: 'false'},
  help: 'the address of a topic, such as kafka://host:9092/caches; nothing for the cluster itself',
  needs: isInvalidated,
  setting: 'invalidation.bus',
};
const STALENESS = {
  end: 'staleness',
  label: 'Stale at most',
  names: ['invalidation.maximumStaleness'],
  input: {spellcheck: 'false'},
  help: 'such as 2s',
  needs: isInvalidated,
  setting: 'invalidation.maximumStaleness',
};
const HEARTBEAT = {
  end: 'heartbeat',
  label: 'Heartbeat',
  names: ['invalidation.heartbeat'],
  input: {spellcheck: 'false'},
  help: 'such as 500ms; a third of the staleness at most',
  needs: isInvalidated,
  setting: 'invalidation.heartbeat',
};
const CONFIRM_LIMIT = {
  end: 'confirm-limit',
  label: 'Confirmed within',
  names: ['invalidation.confirmLimit'],
  input: {spellcheck: 'false'},
  help: 'such as 10s; then a change fails',
  needs: isInvalidated,
  setting: 'invalidation.confirmLimit',
};
const SYNCHRONOUS = {
  end: 'synchronous',
  label: 'Changes wait',
  names: ['invalidation.synchronous'],
  choices: [['on', 'until others know'], ['off', 'for nobody']],
  needs: isInvalidated,
  setting: 'invalidation.synchronous',
  read: text => text === 'on',
};
const KEY_TYPE = {
  end: 'key-type',
  label: 'Type of keys',
  names: ['keyType'],
  input: {list: 'types', spellcheck: 'false'},
  setting: 'keyType',
};
const VALUE_TYPE = {
  end: 'value-type',
  label: 'Type of values',
  names: ['valueType'],
  input: {list: 'types', spellcheck: 'false'},
  setting: 'valueType',
};
const MAXIMUM = {
  end: 'maximum',
  label: 'Entries at most',
  names: ['maximumEntries', 'maximumWeight'],
  input: {inputmode: 'numeric'},
  setting: 'maximumEntries',
  // As it was typed, if it is no number: the process says what it makes of it.
  read: text => /^\d{1,15}$/.test(text) ? Number(text) : text,
};
const EXPIRY = {
  end: 'expiry',
  label: 'Expiry',
  names: ['expiry'],
  choices: [
    ['eternal', 'never'],
    ['created', 'after it was created'],
    ['modified', 'after it was changed'],
    ['accessed', 'after it was read'],
    ['touched', 'after it was read or changed'],
  ],
};
const EXPIRY_TIME = {
  end: 'expiry-time',
  label: 'By',
  names: ['expiry.created', 'expiry.modified', 'expiry.accessed', 'expiry.touched'],
  input: {spellcheck: 'false'},
  help: 'such as 10s or 5m',
  needs: {end: 'expiry', by: kind => kind !== '' && kind !== 'eternal'},
};
const STATISTICS = {
  end: 'statistics',
  label: 'Statistics',
  names: ['statistics'],
  choices: ON_OR_OFF,
  setting: 'statistics',
  read: text => text === 'on',
};
const CONFIRM = {
  end: 'confirm',
  label: 'Name',
  names: ['confirm', 'parameter confirm'],
  input: {spellcheck: 'false', required: '', autofocus: ''},
};

/** The fields that can be changed while a cache is used. */
const LIVE = [MAXIMUM, EXPIRY, EXPIRY_TIME, STATISTICS];

/** The forms by the beginnings of their ids, with what a choice says that states nothing. */
const FORMS = {
  make: {
    unstated: 'as usual',
    fields: [NAME, TOPOLOGY, BUS, STALENESS, HEARTBEAT, CONFIRM_LIMIT, SYNCHRONOUS, KEY_TYPE, VALUE_TYPE, ...LIVE],
  },
  change: {unstated: 'stays', fields: LIVE},
  destroy: {unstated: '', fields: [CONFIRM]},
};

// ---- in the page

function idOf(form, {end}) {
  return `${form}-${end}`;
}

function control(id, {choices, input, help}, unstated) {
  const described = help === undefined ? `${id}-fault` : `${id}-help ${id}-fault`;
  return choices === undefined
    ? element('input', {id, type: 'text', autocomplete: 'off', 'aria-describedby': described, ...input})
    : element('select', {id, 'aria-describedby': described}, ...[['', unstated], ...choices].map(([value, text]) => element('option', {value}, text)));
}

function line(form, field) {
  const id = idOf(form, field);
  const {label, help} = field;
  const helps = help === undefined ? [] : [element('span', {id: `${id}-help`, class: 'remark'}, help), ' '];
  return element(
    'p', {}, element('label', {for: id}, label), ' ', control(id, field, FORMS[form].unstated), ' ', ...helps, element('span', {id: `${id}-fault`, class: 'bad'}));
}

/** Has a field be there while the one that it needs is right. */
function follow(form, field) {
  const needed = find(`${form}-${field.needs.end}`);
  const input = find(idOf(form, field));
  const look = () => {
    input.disabled = !field.needs.by(needed.value);
    input.parentElement.hidden = input.disabled;
  };
  needed.addEventListener('change', look);
  look();
}

/** Puts the fields of a form where it has its place for them. */
export function addFields(form) {
  const {fields} = FORMS[form];
  find(`${form}-settings`).replaceChildren(...fields.map(field => line(form, field)));
  fields.filter(field => field.needs !== undefined).forEach(field => follow(form, field));
}

/** Returns the inputs of a form. */
export function inputs(form) {
  return FORMS[form].fields.map(field => find(idOf(form, field)));
}

/** Returns the input that a fault is about, or null: it may be about what no field has, or about one that is not there now. */
export function inputOf(form, name) {
  const {fields} = FORMS[form];
  const field = fields.find(({names}) => names.includes(name))
    ?? fields.find(({names}) => names.some(known => name.startsWith(`${known}.`)));
  const input = field === undefined ? null : find(idOf(form, field));
  return input?.disabled ? null : input;
}

// ---- what is stated

/** Returns what is in a field. */
export function typed(form, end) {
  return find(`${form}-${end}`).value.trim();
}

/** Puts a setting where its name says: what has a dot is within another one. */
function put(stated, name, value) {
  const [outer, inner] = name.split('.');
  stated[outer] = inner === undefined ? value : {...stated[outer], [inner]: value};
}

/** Returns the settings that are stated in a form. */
export function settings(form) {
  const stated = {};
  for (const {end, setting, read = text => text} of FORMS[form].fields) {
    const text = typed(form, end);
    if (setting !== undefined && text !== '' && !find(`${form}-${end}`).disabled) {
      put(stated, setting, read(text));
    }
  }
  const expiry = typed(form, EXPIRY.end);
  if (expiry !== '') {
    stated.expiry = expiry === 'eternal' ? expiry : {[expiry]: typed(form, EXPIRY_TIME.end)};
  }
  return stated;
}
