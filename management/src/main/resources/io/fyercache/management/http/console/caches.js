// Caches, and what the process has counted of them since it came.

import {element, find, number, setRows} from './dom.js';
import {hitRatio} from './history.js';

function averages({averageGetMicros, averagePutMicros}) {
  return `${number(averageGetMicros, 1)} / ${number(averagePutMicros, 1)}`;
}

function row({name, open, statistics}) {
  if (!open) {
    return [name, 'not used by this process', '', '', '', '', ''];
  }
  const ratio = hitRatio(statistics);
  return [
    name,
    statistics.enabled ? number(statistics.hits + statistics.misses) : 'statistics are off',
    ratio === null ? '–' : `${number(ratio, 1)} %`,
    number(statistics.puts),
    number(statistics.removals),
    `${number(statistics.evictions)} / ${number(statistics.expiries)}`,
    averages(statistics),
  ];
}

/** Shows the caches. */
export function showCaches(caches) {
  setRows(find('caches'), caches.map(row));
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
