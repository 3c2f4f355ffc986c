// A chart of the last hour. Whoever cannot see it has the same figures in a table below it, by five minutes.

import uPlot from './uplot/uPlot.esm.js';
import {element, number, setAttribute, setRows, timeOfDay} from './dom.js';

const HEIGHT = 180;

/** Points of a chart that are one row of its table: five minutes of samples that are ten seconds apart. */
const POINTS_IN_A_ROW = 30;

/** How lines differ besides their colours, which are those of the style sheet with the same numbers. */
const DASHES = [[], [8, 4], [2, 3]];

function styleOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function mean(values) {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function text(value, unit) {
  return value === null ? '–' : `${number(value, 1)}${unit}`;
}

export class Chart {
  #title;
  #unit;
  #labels;
  #points = {at: [], values: []};
  #place = element('div', {role: 'img', class: 'chart'});
  #rows = element('tbody');
  #plot;

  /**
   * Makes a chart in a figure.
   *
   * @param unit follows each value, such as ' %'
   * @param labels of the lines, three at most
   */
  constructor(figure, {title, unit = '', labels}) {
    this.#title = title;
    this.#unit = unit;
    this.#labels = labels;
    const header = element('tr', {}, ...['From', ...labels].map(label => element('th', {scope: 'col'}, label)));
    const table = element(
      'table', {}, element('caption', {}, `${title}, means of five minutes`), element('thead', {}, header), this.#rows);
    figure.replaceChildren(
      element('figcaption', {}, title), this.#place, element('details', {}, element('summary', {}, `${title} as a table`), table));
    new ResizeObserver(() => this.#plot?.setSize({width: this.#place.clientWidth, height: HEIGHT})).observe(this.#place);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /**
   * Shows points.
   *
   * @param at seconds since 1970
   * @param values for each line a list of numbers, null where there is none
   */
  show({at, values}) {
    this.#points = {at, values};
    setAttribute(this.#place, 'aria-label', this.#inWords());
    setRows(this.#rows, this.#table());
    if (this.#plot === undefined) {
      this.#draw();
    } else {
      this.#plot.setData([at, ...values]);
    }
  }

  #inWords() {
    const lines = this.#labels.map((label, line) => {
      const known = this.#points.values[line].filter(value => value !== null);
      return known.length === 0
        ? `${label}: nothing`
        : `${label}: now ${text(known.at(-1), this.#unit)}, least ${text(Math.min(...known), this.#unit)},`
          + ` greatest ${text(Math.max(...known), this.#unit)}`;
    });
    return `${this.#title} over the last hour. ${lines.join('. ')}.`;
  }

  #table() {
    const {at, values} = this.#points;
    const rows = [];
    for (let first = 0; first < at.length; first += POINTS_IN_A_ROW) {
      rows.push([
        timeOfDay(at[first] * 1_000),
        ...values.map(line => text(mean(line.slice(first, first + POINTS_IN_A_ROW)), this.#unit)),
      ]);
    }
    return rows;
  }

  #draw() {
    this.#plot?.destroy();
    const axis = {stroke: styleOf('--text'), grid: {stroke: styleOf('--line'), width: 1}, ticks: {stroke: styleOf('--line'), width: 1}};
    this.#plot = new uPlot({
      width: this.#place.clientWidth,
      height: HEIGHT,
      scales: {y: {range: (plot, least, greatest) => [0, Math.max(1, greatest ?? 0) * 1.05]}},
      series: [
        {label: 'At', value: (plot, at) => (at === null ? '–' : timeOfDay(at * 1_000))},
        ...this.#labels.map((label, line) => ({
          label,
          stroke: styleOf(`--series-${line + 1}`),
          width: 2,
          dash: DASHES[line],
          points: {show: false},
          value: (plot, value) => text(value ?? null, this.#unit),
        })),
      ],
      axes: [axis, {...axis, size: 60, values: (plot, ticks) => ticks.map(tick => text(tick, this.#unit))}],
    }, [this.#points.at, ...this.#points.values], this.#place);
  }
}
