// Draws the plots of the page with uPlot, from the numbers that stand in it. Runs in the browser.
// @ts-nocheck
(() => {
  const { plots, lang } = JSON.parse(document.getElementById("data").textContent);
  const locale = lang === "vi" ? "vi-VN" : "en-GB";
  /** Grafana's colours by the names that panels use. */
  const NAMED = {
    green: "#37872d",
    orange: "#ff780a",
    red: "#c4162a",
    blue: "#1f60c4",
    text: "#24292e",
  };
  const OTHERS = ["#1f60c4", "#ff780a", "#37872d", "#8f3bb8", "#c4162a", "#0a6e6e"];
  const DASHES = [[], [8, 4], [2, 3], [12, 4, 2, 4]];

  /** A value in words; an axis takes no more digits than it needs. */
  function said(value, unit, digits = 1) {
    if (value === null) return "–";
    const number = (each, most) => each.toLocaleString(locale, { maximumFractionDigits: most });
    if (unit === "percentunit") return `${number(value * 100, digits)} %`;
    if (unit === "s") return value < 1 ? `${number(value * 1000, 0)} ms` : `${number(value, 2)} s`;
    return number(value, 1);
  }

  /** The lines added up from the first one on. */
  function sums(lines) {
    let below = null;
    return lines.map(({ values }) => {
      below = values.map((value, at) => (value ?? 0) + (below ? below[at] : 0));
      return below;
    });
  }

  function draw(place, { unit, stacked, times, lines }) {
    const drawn = stacked ? sums(lines) : lines.map(({ values }) => values);
    const series = lines.map(({ name, colour, values }, index) => {
      const stroke = NAMED[colour] ?? colour ?? OTHERS[index % OTHERS.length];
      const last = said(values.findLast((value) => value !== null) ?? null, unit);
      const label = `${name}: ${last}`;
      return stacked
        ? { label, stroke, fill: stroke, width: 1, points: { show: false } }
        : { label, stroke, width: 2, dash: DASHES[index % DASHES.length], points: { show: false } };
    });
    const axis = { grid: { stroke: "#e4e7e7" }, font: '12px "DejaVu Sans"' };
    const tick = (at) =>
      new Date(at * 1000).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
    // The highest of a stack is drawn first, so that those below are seen.
    const order = lines.map((_, index) => (stacked ? lines.length - 1 - index : index));
    return new uPlot(
      {
        width: 550,
        height: 210,
        cursor: { show: false },
        legend: { live: false, markers: { fill: (_, at) => series[order[at - 1]].stroke } },
        scales: {
          y: { range: (_, low, high) => [Math.min(0, low), Math.max(high, 0.001) * 1.05] },
        },
        axes: [
          { ...axis, values: (_, ticks) => ticks.map(tick), space: 70 },
          { ...axis, values: (_, ticks) => ticks.map((each) => said(each, unit, 2)), size: 66 },
        ],
        series: [{}, ...order.map((index) => series[index])],
      },
      [times, ...order.map((index) => drawn[index])],
      place,
    );
  }

  for (const plot of plots) {
    const place = document.createElement("section");
    const title = document.createElement("h2");
    title.textContent = plot.title;
    place.append(title);
    document.querySelector("main").append(place);
    if (plot.lines.length > 0) {
      draw(place, plot);
      continue;
    }
    const value = document.createElement("div");
    value.className = "value";
    value.textContent = said(plot.value, plot.unit);
    place.classList.add("tile");
    place.append(value);
  }
  document.body.dataset.ready = "true";
})();
