// Charts by time. The table beneath each has the same numbers, and all their digits.

import {h} from './dom.js';
import {compact, tickName, windowName} from './format.js';
import {chartColours, isDark} from './palette.js';

const library = import('./chart.umd.min.js');
const drawings = new WeakMap();
const drawn = new Set();

/** More windows than this are an area: bars would be thinner than a pixel. */
const MOST_BARS = 400;

/**
 * A chart of windows.
 *
 * starts: when each window starts; size: of windows; series: {name, colour, numbers, texts} each,
 * with one entry a window; stacked: whether values add up; summary: the chart in a sentence.
 */
export function plot({starts, size, series, stacked, unit = '', summary, legend = true}) {
  const canvas = h('canvas', {
    id: `plot-${summary.length}-${series.length}`, tabindex: '0', role: 'img',
    'aria-label': `${summary} The arrow keys go through it; the table has all of it.`,
  });
  const spoken = h('p', {class: 'hidden', 'aria-live': 'polite'});
  const figure = h('figure', {class: 'plot', 'data-plot': ''}, h('div', {class: 'plot-area'}, canvas), spoken);
  if (legend && series.length > 1) {
    figure.append(legendOf(figure, series));
  }
  drawings.set(figure, async () => {
    await library;
    if (canvas.isConnected) {
      draw(figure, canvas, spoken, {starts, size, series, stacked, unit});
    }
  });
  return figure;
}

/** Draws the charts within an element that has just been put on the page. */
export function drawPlots(root) {
  return Promise.all([...root.querySelectorAll('[data-plot]')].map((figure) => drawings.get(figure)()));
}

/** Gives back what the charts within an element hold. */
export function disposePlots(root) {
  for (const chart of drawn) {
    if (root.contains(chart.canvas)) {
      chart.destroy();
      drawn.delete(chart);
    }
  }
}

function legendOf(figure, series) {
  return h('ul', {class: 'legend'}, series.map((one, place) => {
    const swatch = h('span', {class: 'swatch', 'aria-hidden': 'true'});
    swatch.style.background = one.colour;
    return h('li', {}, h('button', {
      type: 'button', 'aria-pressed': 'true', title: one.name,
      onclick: (event) => {
        const chart = chartOf(figure);
        const visible = !chart.isDatasetVisible(place);
        chart.setDatasetVisibility(place, visible);
        chart.update();
        event.currentTarget.setAttribute('aria-pressed', String(visible));
      },
    }, swatch, h('span', {class: 'legend-name'}, one.name)));
  }));
}

function chartOf(figure) {
  return globalThis.Chart.getChart(figure.querySelector('canvas'));
}

function draw(figure, canvas, spoken, {starts, size, series, stacked, unit}) {
  const bars = starts.length <= MOST_BARS && stacked;
  const colours = chartColours();
  const font = {family: getComputedStyle(document.body).fontFamily, size: 12};
  const words = (item) => {
    const one = series[item.datasetIndex];
    return ` ${one.name}: ${one.texts[item.dataIndex] ?? '–'}${unit && ` ${unit}`}`;
  };
  const chart = new globalThis.Chart(canvas, {
    type: bars ? 'bar' : 'line',
    data: {datasets: series.map((one) => dataset(one, {bars, stacked, points: starts.length}))},
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      parsing: false,
      normalized: true,
      interaction: {mode: 'index', intersect: false, axis: 'x'},
      layout: {padding: {top: 8, right: 4}},
      scales: {
        x: {
          type: 'linear', offset: false, stacked, min: bars ? -0.5 : 0, max: bars ? starts.length - 0.5 : Math.max(starts.length - 1, 1),
          grid: {display: false, offset: false}, border: {color: colours.grid},
          afterBuildTicks: (axis) => {
            axis.ticks = ticks(starts, size, Math.max(2, Math.floor(axis.chart.width / 84)));
          },
          ticks: {color: colours.text, font, maxRotation: 0, autoSkip: false, callback: (at) => tickName(starts[at], size)},
        },
        y: {
          stacked, beginAtZero: true, grace: '4%', border: {display: false},
          grid: {color: colours.grid, tickLength: 0},
          ticks: {color: colours.text, font, padding: 8, maxTicksLimit: 6, callback: (value) => compact(value)},
        },
      },
      plugins: {
        legend: {display: false},
        tooltip: {
          backgroundColor: colours.tip, titleColor: colours.tipText, bodyColor: colours.tipText,
          borderColor: colours.tipBorder, borderWidth: 1, padding: 12, cornerRadius: 8, boxPadding: 4,
          titleFont: {...font, weight: '600'}, bodyFont: font, usePointStyle: true,
          itemSort: (a, b) => (b.raw.y ?? -Infinity) - (a.raw.y ?? -Infinity),
          filter: (item) => series.length === 1 || (item.raw.y !== 0 && item.raw.y !== null),
          callbacks: {title: (items) => (items.length ? windowName(starts[items[0].dataIndex], size) : ''), label: words},
        },
      },
    },
    plugins: [crosshair(colours.line)],
  });
  drawn.add(chart);
  canvas.onkeydown = (event) => walk(event, chart, starts.length, (at) => {
    spoken.textContent = `${windowName(starts[at], size)}.` + series
      .map((one, place) => words({datasetIndex: place, dataIndex: at})).join(';');
  });
}

function dataset(one, {bars, stacked, points}) {
  const common = {
    label: one.name,
    data: Array.from(one.numbers, (y, x) => ({x, y})),
    backgroundColor: one.colour,
    borderColor: one.colour,
    pointStyle: 'rectRounded',
  };
  return bars
    ? {...common, categoryPercentage: 1, barPercentage: points > 120 ? 1 : 0.82, borderRadius: points > 120 ? 0 : 2, maxBarThickness: 56}
    : {
      ...common, borderWidth: stacked ? 1 : 2, pointRadius: points === 1 ? 4 : 0, pointHitRadius: 8, spanGaps: true,
      fill: stacked ? (one.first ? 'origin' : '-1') : false, backgroundColor: one.colour + (isDark() ? 'b0' : 'c0'),
    };
}

/** The left and right keys go from window to window, as the pointer does. */
function walk(event, chart, length, tell) {
  const step = {ArrowLeft: -1, ArrowRight: 1, Home: -length, End: length}[event.key];
  if (step === undefined && event.key !== 'Escape') {
    return;
  }
  event.preventDefault();
  const active = chart.getActiveElements();
  if (step === undefined) {
    show(chart, []);
    return;
  }
  const from = active.length ? active[0].index : step > 0 ? -1 : length;
  const at = Math.max(0, Math.min(length - 1, from + step));
  show(chart, chart.data.datasets
    .map((unused, datasetIndex) => ({datasetIndex, index: at}))
    .filter(({datasetIndex}) => chart.isDatasetVisible(datasetIndex)));
  tell(at);
}

function show(chart, elements) {
  chart.setActiveElements(elements);
  const x = elements.length ? chart.scales.x.getPixelForValue(elements[0].index) : 0;
  chart.tooltip.setActiveElements(elements, {x, y: chart.chartArea.top + 20});
  chart.update('none');
}

function crosshair(colour) {
  return {
    id: 'crosshair',
    beforeDatasetsDraw(chart) {
      const active = chart.tooltip?.getActiveElements() ?? [];
      if (active.length) {
        const {ctx, chartArea: {top, bottom}} = chart;
        ctx.save();
        ctx.strokeStyle = colour;
        ctx.setLineDash([3, 3]);
        ctx.beginPath();
        ctx.moveTo(active[0].element.x, top);
        ctx.lineTo(active[0].element.x, bottom);
        ctx.stroke();
        ctx.restore();
      }
    },
  };
}

/** Marks at round times, no more than there is room for. */
function ticks(starts, size, most) {
  for (const fits of levels(size)) {
    const found = [];
    for (let i = 0; i < starts.length && found.length <= most; i++) {
      if (fits(starts[i])) {
        found.push({value: i});
      }
    }
    if (found.length >= Math.min(2, starts.length) && found.length <= most) {
      return found;
    }
  }
  const step = Math.ceil(starts.length / most);
  return starts.map((unused, value) => ({value})).filter(({value}) => value % step === 0);
}

function levels(size) {
  const minutes = (start) => 60 * Number(start.slice(11, 13)) + Number(start.slice(14, 16));
  const day = (start) => Number(start.slice(8, 10));
  const month = (start) => 12 * Number(start.slice(0, 4)) + Number(start.slice(5, 7)) - 1;
  const days = [
    () => true, (start) => day(start) % 2 === 1 && day(start) < 31, (start) => [1, 6, 11, 16, 21, 26].includes(day(start)),
    (start) => [1, 11, 21].includes(day(start)), (start) => [1, 15].includes(day(start)), (start) => day(start) === 1,
    ...[3, 12].map((step) => (start) => day(start) === 1 && month(start) % step === 0),
  ];
  switch (size) {
    case 'minute':
    case 'hour':
      return [
        ...[1, 5, 15, 30, 60, 180, 360, 720].map((step) => (start) => minutes(start) % step === 0),
        ...days.map((fits) => (start) => minutes(start) === 0 && fits(start)),
      ];
    case 'month':
      return [1, 3, 6, 12, 60, 120].map((step) => (start) => month(start) % step === 0);
    default:
      return days;
  }
}
