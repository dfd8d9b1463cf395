// Runs before the page is painted, so that a chosen theme does not flash in.
document.documentElement.dataset.theme = localStorage.getItem('meterline.theme') ?? 'auto';
