// The last hour: what was counted, of one cache or of all, by the members of the cluster or by a process of its own, and how the cluster was.

import {Chart} from './chart.js';
import {element, find, setOptions, setText} from './dom.js';

const ALL = '';

/** The greatest time between two samples, as a multiple of what it should be, for which figures are told; the process stood still otherwise. */
const LONGEST_GAP = 3;

function gets(counted) {
  return counted.hits + counted.misses;
}

/** Returns hits of a hundred gets; null if there were none. */
export function hitRatio(counted) {
  return counted === undefined || gets(counted) === 0 ? null : (100 * counted.hits) / gets(counted);
}

/** Returns what was counted for a sample: by all members of the cluster, or by a process that belongs to none. */
export function countedFor(sample) {
  return sample.served?.counted ?? sample.counted;
}

/** Returns the names of members that were silent for a sample. */
export function silentFor(sample) {
  return sample?.served?.silent ?? [];
}

/** Returns for each sample but the first what was counted in a second; null if too long a time is missing. */
export function rates({samples, intervalMillis}) {
  return samples.slice(1).map((sample, before) => {
    const counted = countedFor(sample);
    const millis = Date.parse(sample.at) - Date.parse(samples[before].at);
    if (millis <= 0 || millis > LONGEST_GAP * intervalMillis) {
      return null;
    }
    const perSecond = value => (1_000 * value) / millis;
    return {
      gets: perSecond(gets(counted)),
      puts: perSecond(counted.puts),
      removals: perSecond(counted.removals),
      evictions: perSecond(counted.evictions),
      expiries: perSecond(counted.expiries),
      loads: perSecond(counted.loads),
    };
  });
}

const CHARTS = [
  {
    title: 'Operations per second',
    labels: ['gets', 'puts', 'removals'],
    lines: ({perSecond}) => ['gets', 'puts', 'removals'].map(name => perSecond.map(rate => rate?.[name] ?? null)),
  },
  {
    title: 'Hit ratio',
    unit: ' %',
    labels: ['hits of all gets'],
    lines: ({samples}) => [samples.map(sample => hitRatio(countedFor(sample)))],
  },
  {
    title: 'Dropped and loaded per second',
    labels: ['evictions', 'expiries', 'loads'],
    lines: ({perSecond}) => ['evictions', 'expiries', 'loads'].map(name => perSecond.map(rate => rate?.[name] ?? null)),
  },
  {
    title: 'Members and partitions',
    labels: ['members', 'partitions with too few copies', 'copies being made'],
    lines: ({samples}) => ['members', 'underReplicated', 'joining'].map(name => samples.map(sample => sample.cluster?.[name] ?? null)),
    ofCluster: true,
  },
];

let charts = [];

/** Returns the cache whose figures are chosen; undefined for the sums of all. */
export function chosenCache() {
  const {value} = find('history-cache');
  return value === ALL ? undefined : value;
}

/** Makes the charts; calls a function when another cache is chosen. */
export function startHistory(choose) {
  const place = find('charts');
  charts = CHARTS.map(description => {
    const figure = element('figure');
    place.append(figure);
    return {figure, description, chart: new Chart(figure, description)};
  });
  find('history-cache').addEventListener('change', choose);
}

/** Offers caches. */
export function offerHistories(caches) {
  setOptions(find('history-cache'), [[ALL, 'all caches'], ...caches.map(({name}) => [name, name])]);
}

/** Shows the last hour. The first sample has nothing to be compared with. */
export function showHistory(history) {
  const samples = history.samples.slice(1);
  const at = samples.map(sample => Date.parse(sample.at) / 1_000);
  const of = {samples, perSecond: rates(history)};
  for (const {figure, description, chart} of charts) {
    figure.hidden = samples.length === 0 || (description.ofCluster === true && samples.every(sample => sample.cluster === undefined));
    if (!figure.hidden) {
      chart.show({at, values: description.lines(of)});
    }
  }
  setText(find('history-remark'), samples.length === 0
    ? `No figures are kept of this yet; the first come ${history.intervalMillis / 1_000} seconds after the process has come.`
    : '');
}
