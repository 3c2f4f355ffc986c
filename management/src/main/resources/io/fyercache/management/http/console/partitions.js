// The map of partitions: who is the primary of each, who has copies, and what is moving. A cell is changed in place, so that whoever watches it sees it
// change, and the focus stays where it is.

import {codeOf, tintOf} from './cluster.js';
import {announce, count, element, find, setAttribute, setOptions, setRows, setText} from './dom.js';

/** Cells of a row: 1,024 partitions are 32 rows. */
const COLUMNS = 32;

const PRIMARIES = '';

/** Colours of members in the style sheet. */
const TINTS = 6;

/** What a member can be to a partition: the sign of it in the map, and the word for it. */
const ROLES = {
  primary: {sign: 'P', word: 'primary'},
  backup: {sign: 'B', word: 'backup'},
  joining: {sign: 'J', word: 'joining'},
  wanted: {sign: 'w', word: 'wanted'},
  none: {sign: '·', word: 'no copy'},
};

let partitions = [];
let cells = [];
let chosen = 0;

function has(holders, incarnation) {
  return holders.some(holder => holder.incarnation === incarnation);
}

function roleOf(incarnation, partition) {
  if (partition.primary.incarnation === incarnation) {
    return ROLES.primary;
  } else if (has(partition.inSync, incarnation)) {
    return ROLES.backup;
  } else if (has(partition.joining, incarnation)) {
    return ROLES.joining;
  }
  return has(partition.target, incarnation) ? ROLES.wanted : ROLES.none;
}

/** Tells whether who has the partition is not who should: copies are made, or have to be, or the primary changes. */
function isMoving(partition) {
  return partition.joining.length > 0
    || partition.primary.incarnation !== partition.target[0]?.incarnation
    || partition.inSync.some(holder => !has(partition.target, holder.incarnation));
}

function nameOf(holder) {
  return `${codeOf(holder.incarnation)} ${holder.name ?? '(gone)'}`;
}

function names(holders) {
  return holders.length === 0 ? 'none' : holders.map(nameOf).join(', ');
}

function backups(partition) {
  return partition.inSync.filter(holder => holder.incarnation !== partition.primary.incarnation);
}

/** Returns what a cell says: its sign and its look, and the same in words. */
function cellOf(partition, member) {
  const few = partition.underReplicated ? ', too few copies' : '';
  const moving = isMoving(partition) ? ', moving' : '';
  const title = `Partition ${partition.partition}${partition.replicated ? ', of replicated caches' : ''}`;
  const look = (few ? 'few ' : '') + (moving ? 'moving' : '');
  const mark = (few ? '!' : '') + (moving ? '›' : '');
  if (member === PRIMARIES) {
    return {
      sign: codeOf(partition.primary.incarnation) + mark,
      look: `cell tint-${tintOf(partition.primary.incarnation, TINTS)} ${look}`.trim(),
      words: `${title}: primary ${nameOf(partition.primary)}, backups ${names(backups(partition))}${few}${moving}`,
    };
  }
  const role = roleOf(Number(member), partition);
  return {
    sign: role.sign + mark,
    look: `cell ${role.word.replace(' ', '-')} ${look}`.trim(),
    words: `${title}: ${role.word}${few}${moving}`,
  };
}

// ---- the grid

function build(body, size) {
  cells = Array.from({length: size}, (unused, partition) => element(
    'td', {role: 'gridcell', tabindex: '-1', id: `partition-${partition}`}));
  chosen = Math.min(chosen, Math.max(0, size - 1));
  const rows = [];
  for (let first = 0; first < size; first += COLUMNS) {
    const header = element('th', {scope: 'row', role: 'rowheader'}, String(first));
    rows.push(element('tr', {role: 'row'}, header, ...cells.slice(first, first + COLUMNS)));
  }
  body.replaceChildren(...rows);
  cells[chosen]?.setAttribute('tabindex', '0');
}

function draw() {
  const body = find('partition-cells');
  const begins = cells.length !== partitions.length;
  if (begins) {
    build(body, partitions.length);
  }
  const member = find('partition-view').value;
  partitions.forEach((partition, number) => {
    const {sign, look, words} = cellOf(partition, member);
    const cell = cells[number];
    if (!begins && cell.getAttribute('aria-label') !== words) {
      restart(cell);
    }
    setText(cell, sign);
    setAttribute(cell, 'class', look);
    setAttribute(cell, 'aria-label', words);
    setAttribute(cell, 'title', words);
  });
  showChosen();
  tell();
}

/** Lets a cell that has changed be seen for a while. */
function restart(cell) {
  cell.getAnimations().forEach(animation => animation.cancel());
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
    cell.animate([{outline: '3px solid currentColor'}, {outline: '3px solid transparent'}], 2_000);
  }
}

function tell() {
  const few = partitions.filter(partition => partition.underReplicated).length;
  const moving = partitions.filter(isMoving).length;
  const all = count(partitions.length, 'partition', 'partitions');
  if (partitions.length === 0) {
    setText(find('partition-summary'), 'It is not known yet who holds what.');
  } else if (few + moving === 0) {
    setText(find('partition-summary'), `All of ${all} have their copies where they should be.`);
    announce('partitions', 'All partitions are where they should be.');
  } else {
    setText(find('partition-summary'), `Of ${all}, ${few} have too few copies, and ${moving} are moving.`);
    announce('partitions', few > 0 ? 'Some partitions have too few copies.' : 'Partitions are moving.');
  }
}

function showChosen() {
  const partition = partitions[chosen];
  setRows(find('partition-holders'), partition === undefined ? [] : [
    ['Partition', `${partition.partition}, version ${partition.version}, epoch ${partition.epoch}, generation ${partition.generation}`],
    ['Primary', nameOf(partition.primary)],
    ['Backups in sync', names(backups(partition))],
    ['Joining', names(partition.joining)],
    ['Wanted, the primary first', names(partition.target)],
  ]);
}

// ---- choosing a cell

function choose(partition) {
  cells[chosen]?.setAttribute('tabindex', '-1');
  chosen = partition;
  cells[chosen].setAttribute('tabindex', '0');
  showChosen();
}

/** Where a key leads from a cell; a grid is moved in by arrows, and left by Tab. */
function destination(key, from) {
  const row = from - from % COLUMNS;
  switch (key) {
    case 'ArrowLeft': return from - 1;
    case 'ArrowRight': return from + 1;
    case 'ArrowUp': return from - COLUMNS;
    case 'ArrowDown': return from + COLUMNS;
    case 'Home': return row;
    case 'End': return Math.min(row + COLUMNS, cells.length) - 1;
    case 'PageUp': return from % COLUMNS;
    case 'PageDown': return cells.length - 1;
    default: return undefined;
  }
}

/** Makes the map usable. */
export function startPartitions() {
  const body = find('partition-cells');
  body.addEventListener('keydown', event => {
    const to = destination(event.key, chosen);
    if (to !== undefined) {
      event.preventDefault();
      if (to >= 0 && to < cells.length) {
        cells[to].focus();
      }
    }
  });
  body.addEventListener('focusin', event => choose(cells.indexOf(event.target)));
  body.addEventListener('click', event => event.target.closest('td')?.focus());
  find('partition-view').addEventListener('change', draw);
}

/** Shows who holds what. */
export function showPartitions(latest, members) {
  partitions = latest;
  setOptions(find('partition-view'), [
    [PRIMARIES, 'the primary of each partition'],
    ...members.map(member => [String(member.incarnation), `what ${codeOf(member.incarnation)} ${member.name} is to it`]),
  ]);
  draw();
}
