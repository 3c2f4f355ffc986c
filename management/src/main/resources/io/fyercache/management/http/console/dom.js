// Elements of the page. Text is only ever set as text, so nothing that is in a cache can become a part of the page.

export function find(id) {
  return document.getElementById(id);
}

/** Makes an element with attributes, and text or elements in it. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  made.append(...children);
  return made;
}

/** Sets a text if it is another one: a screen reader tells each change of a live region, and repeats nothing otherwise. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Sets an attribute if it is another one. */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

/**
 * Has screen readers say a text, once. What is said of one subject replaces what was said of it before, so numbers that change all the time are not for
 * this.
 */
export function announce(subject, text) {
  const list = find('announcements');
  let said = list.querySelector(`[data-subject="${subject}"]`);
  if (said === null) {
    said = element('p', {'data-subject': subject});
    list.append(said);
  }
  setText(said, text);
}

const shown = new WeakMap();

/**
 * Fills the body of a table, the first cell of each row being its header. Does nothing if it has the same rows already, so that a selection stays.
 *
 * @param rows lists of texts
 */
export function setRows(body, rows) {
  const text = JSON.stringify(rows);
  if (shown.get(body) === text) {
    return;
  }
  shown.set(body, text);
  body.replaceChildren(...rows.map(([header, ...cells]) => element(
    'tr', {}, element('th', {scope: 'row'}, header), ...cells.map(cell => element('td', {}, cell)))));
}

/** Fills a choice, and keeps what is chosen if it is there still. Options are pairs of value and text. */
export function setOptions(select, options) {
  const text = JSON.stringify(options);
  if (shown.get(select) === text) {
    return;
  }
  shown.set(select, text);
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, label]) => element('option', {value}, label)));
  if (options.some(([value]) => value === chosen)) {
    select.value = chosen;
  }
}

/** Returns a number as people of this browser's language write it. */
export function number(value, digits = 0) {
  return value.toLocaleString(undefined, {maximumFractionDigits: digits});
}

/** Returns the time of day of a moment in ISO form, in this browser's zone. */
export function timeOfDay(at) {
  return new Date(at).toLocaleTimeString();
}

export function count(value, one, many) {
  return `${number(value)} ${value === 1 ? one : many}`;
}
