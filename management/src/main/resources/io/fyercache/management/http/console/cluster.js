// The cluster at a glance, and who is there.

import {count, element, find, number, setRows, setText} from './dom.js';
import {countedFor, hitRatio, rates, silentFor} from './history.js';

const CODES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The codes of members, by their lives. One that was given stays, so that a cell of the map that changes means that something has. */
const codes = new Map();

/** Returns the number of the colour that cells of a member have, of so many. */
export function tintOf(incarnation, tints) {
  codeOf(incarnation);
  return [...codes.keys()].indexOf(incarnation) % tints;
}

/** Returns the short name that a member has on this page: A, B, ... Z, AA, AB, ... */
export function codeOf(incarnation) {
  if (!codes.has(incarnation)) {
    let code = '';
    for (let rest = codes.size; rest >= 0; rest = Math.floor(rest / CODES.length) - 1) {
      code = CODES[rest % CODES.length] + code;
    }
    codes.set(incarnation, code);
  }
  return codes.get(incarnation);
}

function figure(name, value, remark) {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value), element('dd', {class: 'remark'}, remark));
}

function copies({partitions, underReplicated, fewestCopies}) {
  if (partitions === 0) {
    return figure('Partitions', '–', 'not known yet');
  }
  return figure(
    'Partitions', number(partitions),
    underReplicated === 0
      ? `all have their copies, ${fewestCopies} at least`
      : `${number(underReplicated)} with too few copies, ${fewestCopies} at least`);
}

/** Returns whose figures those of a sample are. */
function counters(sample) {
  const silent = silentFor(sample);
  if (sample?.served === undefined) {
    return 'of this process, lately';
  }
  return silent.length === 0 ? 'of the whole cluster, lately' : `of the cluster without ${silent.join(', ')}, which did not answer`;
}

/** Shows how the cluster is, and what was counted lately. */
export function showCluster(cluster, history) {
  setText(find('process'), [cluster.part, cluster.self?.name, cluster.manager].filter(Boolean).join(' · '));
  const [ofOperations] = rates(history).slice(-1);
  const [latest] = history.samples.slice(-1);
  const ratio = latest === undefined ? null : hitRatio(countedFor(latest));
  const figures = [];
  if (cluster.part !== 'local') {
    figures.push(
      figure('Members', number(cluster.members), cluster.licensed === false ? 'ZooKeeper does not answer this one' : ''),
      copies(cluster),
      figure('Moving', number(cluster.joining), cluster.joining === 0 ? 'nothing is being copied' : 'copies are being made'));
  }
  figures.push(
    figure('Caches', number(cluster.caches), ''),
    figure(
      'Operations per second', ofOperations ? number(ofOperations.gets + ofOperations.puts + ofOperations.removals, 1) : '–',
      counters(latest)),
    figure('Hit ratio', ratio === null ? '–' : `${number(ratio, 1)} %`, ratio === null ? 'nothing was read lately' : counters(latest)));
  const shown = figures.map(each => each.textContent).join('\n');
  const list = find('figures');
  if (list.dataset.shown !== shown) {
    list.dataset.shown = shown;
    list.replaceChildren(...figures);
  }
}

/** Shows who is there. */
export function showMembers(members) {
  setRows(find('members'), members.map(member => [
    `${codeOf(member.incarnation)} ${member.name}${member.self ? ' (this one)' : ''}`,
    member.address,
    member.zone || '–',
    number(member.partitionsLed),
    number(member.partitionsHeld - member.partitionsLed),
    number(member.partitionsJoining),
  ]));
  setText(find('member-count'), count(members.length, 'member', 'members'));
}
