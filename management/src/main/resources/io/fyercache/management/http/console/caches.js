// Caches, and what was counted of them.

import {element, find, number, setRows, setText} from './dom.js';
import {hitRatio} from './history.js';

function averages({averageGetMicros, averagePutMicros}) {
  return `${number(averageGetMicros, 1)} / ${number(averagePutMicros, 1)}`;
}

/** Returns what is told of gets: members count always, a process for itself alone if it is to. */
function gets(counted, counts) {
  return counts ? number(counted.hits + counted.misses) : 'statistics are off';
}

function row({name, open, statistics, served}) {
  const counted = (served ?? statistics)?.counted;
  if (counted === undefined) {
    return [name, 'not counted yet', '', '', '', '', ''];
  }
  const ratio = hitRatio(counted);
  return [
    name,
    gets(counted, served !== undefined || statistics.enabled),
    ratio === null ? '–' : `${number(ratio, 1)} %`,
    number(counted.puts),
    number(counted.removals),
    `${number(counted.evictions)} / ${number(counted.expiries)}`,
    open ? averages(statistics) : '–',
  ];
}

function remark(caches) {
  const [served] = caches.map(cache => cache.served).filter(each => each !== undefined);
  if (served === undefined) {
    return 'Counted by this process since it has come.';
  }
  const counted = 'Counted by all members, each since it joined; the means are those of this process. Reads that a near cache answers are not in it.';
  return served.silent.length === 0 ? counted : `${counted} ${served.silent.join(', ')}: did not answer, and nothing of theirs is counted.`;
}

/** Shows the caches. */
export function showCaches(caches) {
  setRows(find('caches'), caches.map(row));
  setText(find('caches-remark'), remark(caches));
  const settings = find('settings');
  const text = JSON.stringify(caches.map(cache => [cache.name, cache.settings]));
  if (settings.dataset.shown !== text) {
    settings.dataset.shown = text;
    settings.replaceChildren(...caches.flatMap(cache => [
      element('dt', {}, cache.name),
      element('dd', {}, Object.entries(cache.settings).map(([name, value]) => `${name}: ${value}`).join(', ') || 'nothing is set'),
    ]));
  }
}
