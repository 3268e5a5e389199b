// Draws how long each phase took, with uPlot (the global `uPlot`), from the numbers that stand in the page. The table
// below has the same numbers, so that nothing is lost where this does not run.
// @ts-check

/**
 * @typedef {{ phase: string, name: string, dash: number[], ms: (number | null)[] }} Line
 * @typedef {{ family: string, label: string, times: number[], lines: Line[] }} FamilyData
 * @typedef {{ timezone: string, locale: string, unit: string, from: number, to: number, families: FamilyData[] }} Latency
 */

const HEIGHT = 240;

/** Charts by the place that they are drawn in. @type {Map<Element, InstanceType<typeof uPlot>>} */
const drawn = new Map();

/** The charts follow the width of their places. */
const widths = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    drawn.get(target)?.setSize({ width: Math.floor(contentRect.width), height: HEIGHT });
  }
});

/** What is drawn now. */
let shown = "";

drawAll();
document.addEventListener("live:updated", () => {
  if (numbers() !== shown) drawAll();
});
// Colours differ in the dark.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);

/** The numbers of the page as it is now. */
function numbers() {
  return document.getElementById("latency-data")?.textContent ?? "";
}

function drawAll() {
  shown = numbers();
  for (const [place, chart] of drawn) {
    widths.unobserve(place);
    chart.destroy();
  }
  drawn.clear();
  if (shown === "") return;
  /** @type {Latency} */
  const latency = JSON.parse(shown);
  for (const data of latency.families) {
    const place = document.getElementById(`latency-${data.family}`);
    if (place === null) continue;
    drawn.set(place, draw(place, data, latency));
    place.dataset["ready"] = "true";
    widths.observe(place);
  }
}

/** @param {HTMLElement} place @param {FamilyData} data @param {Latency} latency */
function draw(place, data, latency) {
  const { timezone, from, to } = latency;
  const colour = colours();
  const words = formats(latency);
  const axis = {
    stroke: colour("--soft"),
    grid: { stroke: colour("--line"), width: 1 },
    font: `13px ${getComputedStyle(document.body).fontFamily}`,
  };
  const options = {
    width: place.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    /** @param {number} seconds */
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timezone),
    scales: { x: { range: [from, to] }, y: { range: fromZero } },
    axes: [
      { ...axis, values: words.ticks, space: 60 },
      { ...axis, size: 66, values: words.lengths },
    ],
    series: [{}, ...data.lines.map((line) => series(line, colour))],
    hooks: {
      /** @type {((chart: InstanceType<typeof uPlot>) => void)[]} */
      setCursor: [({ cursor }) => tell(cursor.idx ?? null, data, words)],
    },
  };
  const lines = data.lines.map(({ ms }) => ms);
  return new uPlot(/** @type {any} */ (options), [data.times, ...lines], place);
}

/** @param {unknown} _chart @param {number} _lowest @param {number} highest */
function fromZero(_chart, _lowest, highest) {
  return [0, Math.max(highest, 1) * 1.05];
}

/** @param {Line} line @param {(name: string) => string} colour */
function series({ phase, name, dash }, colour) {
  const width = phase === "total" ? 2.5 : 2;
  return { label: name, stroke: colour(`--phase-${phase}`), width, dash, points: { size: 5 } };
}

/** How lengths and instants are written, in the page's language and zone. @param {Latency} latency */
function formats({ locale, timezone: timeZone, unit }) {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const time = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const day = new Intl.DateTimeFormat(locale, { timeZone, day: "2-digit", month: "2-digit" });
  const both = new Intl.DateTimeFormat(locale, {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  /** @param {number} ms */
  const length = (ms) => `${number.format(ms)} ${unit}`;
  return {
    length,
    /** @param {number} seconds */
    instant: (seconds) => both.format(seconds * 1000),
    /** @param {unknown} _chart @param {number[]} ticks */
    lengths: (_chart, ticks) => ticks.map(length),
    /** Days where the ticks are days apart, else times, with the day at its beginning. @param {unknown} _chart @param {number[]} ticks */
    ticks: (_chart, ticks) => {
      const daily = (ticks[1] ?? 0) - (ticks[0] ?? 0) >= 86_400;
      return ticks.map((tick) => {
        const at = time.format(tick * 1000);
        const date = day.format(tick * 1000);
        if (daily) return date;
        return at === "00:00" ? `${at}\n${date}` : at;
      });
    },
  };
}

/** The project's own colours, light or dark. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  /** @param {string} name */
  return (name) => style.getPropertyValue(name).trim();
}

/**
 * Writes the numbers under the pointer into the legend.
 * @param {number | null} index @param {FamilyData} data @param {ReturnType<typeof formats>} words
 */
function tell(index, data, words) {
  const legend = document.getElementById(`legend-${data.family}`);
  if (legend === null) return;
  for (const item of legend.querySelectorAll("[data-phase]")) {
    const place = item.querySelector(".at");
    const line = data.lines.find(({ phase }) => item.getAttribute("data-phase") === phase);
    const ms = index === null ? null : (line?.ms[index] ?? null);
    if (place !== null) place.textContent = ms === null ? "" : words.length(ms);
  }
  const place = legend.querySelector(".at-time");
  const at = index === null ? undefined : data.times[index];
  if (place !== null) place.textContent = at === undefined ? "" : words.instant(at);
}
