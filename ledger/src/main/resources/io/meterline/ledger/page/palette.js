// Colours of series: told apart with the usual kinds of colour blindness, and in grey by lightness.

const LIGHT = ['#2459d3', '#e08a00', '#0b8f6d', '#c0509a', '#4aa3df', '#b8431a', '#7857c4', '#8f8a00'];
const DARK = ['#7aa5ff', '#f5b041', '#3fcf9f', '#ea8fca', '#7fd0fa', '#f4845f', '#b39bf5', '#d4cf57'];

/** As many series as can be told apart. */
export const MOST_SERIES = LIGHT.length;

/** Whether the page is dark now. */
export function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
}

/** The colour of a series by its place; of all that remain, a grey. */
export function seriesColour(place) {
  const colours = isDark() ? DARK : LIGHT;
  return place < colours.length ? colours[place] : isDark() ? '#77839a' : '#9aa5b8';
}

/** The colours of outcomes on the overview. */
export function outcomeColours() {
  return isDark()
    ? {stored: '#7aa5ff', duplicates: '#77839a', conflicts: '#f4845f', quarantined: '#f5b041'}
    : {stored: '#2459d3', duplicates: '#9aa5b8', conflicts: '#b8431a', quarantined: '#e08a00'};
}

/** The colours of what stands around series. */
export function chartColours() {
  return isDark()
    ? {text: '#9aa7bd', grid: '#232c3d', line: '#8ea0bd', tip: '#0b1120', tipText: '#e8edf6', tipBorder: '#33405a'}
    : {text: '#5a677d', grid: '#e8ecf3', line: '#7b89a1', tip: '#ffffff', tipText: '#162033', tipBorder: '#d5dce8'};
}
