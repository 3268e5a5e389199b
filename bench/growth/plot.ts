import type { Figure } from "./figures.ts";

/** One figure at each size; null where it was not measured. */
export interface Curve extends Figure {
  readonly values: readonly (number | null)[];
}

const COLUMNS = 2;
const CELL = { width: 360, height: 210 };
const PLOT = { left: 56, right: 18, top: 40, bottom: 34 };
const INK = { text: "#1f2933", line: "#0b6bcb", limit: "#b42318", grid: "#d5dbe1" };

/** Curves as small pictures beside each other, both scales from zero, so that a straight line is straight: one SVG. */
export function plotOf(sizes: readonly number[], curves: readonly Curve[]): string {
  const rows = Math.ceil(curves.length / COLUMNS);
  const [width, height] = [COLUMNS * CELL.width, rows * CELL.height];
  const cells = curves.map((curve, index) => {
    const [x, y] = [(index % COLUMNS) * CELL.width, Math.floor(index / COLUMNS) * CELL.height];
    return `<g transform="translate(${x} ${y})">${cellOf(sizes, curve)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11" fill="${INK.text}" role="img" aria-label="Cost by number of portals">
<rect width="${width}" height="${height}" fill="#ffffff"/>
${cells.join("\n")}
</svg>
`;
}

function cellOf(sizes: readonly number[], { title, unit, values, limit }: Curve): string {
  const known = values.filter((value) => value !== null);
  const top = niceAbove(Math.max(...known, limit ?? 0));
  const most = Math.max(...sizes);
  const x = (size: number) => PLOT.left + (size / most) * (CELL.width - PLOT.left - PLOT.right);
  const y = (value: number) =>
    CELL.height - PLOT.bottom - (value / top) * (CELL.height - PLOT.top - PLOT.bottom);
  const points = sizes.flatMap((size, index) => {
    const value = values[index] ?? null;
    return value === null ? [] : [{ x: x(size), y: y(value), value }];
  });
  const path = points.map((point) => `${inPixels(point.x)},${inPixels(point.y)}`).join(" ");
  return [
    `<text x="12" y="20" font-weight="600">${title}, ${unit}</text>`,
    ...[0, top / 2, top].map((value) => grid(y(value), value)),
    ...sizes.map(
      (size) =>
        `<text x="${inPixels(x(size))}" y="${CELL.height - PLOT.bottom + 16}" text-anchor="middle">${size.toLocaleString("en")}</text>`,
    ),
    ...(limit === null ? [] : [limitLine(y(limit))]),
    `<polyline points="${path}" fill="none" stroke="${INK.line}" stroke-width="2"/>`,
    ...points.map(
      (point) =>
        `<circle cx="${inPixels(point.x)}" cy="${inPixels(point.y)}" r="3" fill="${INK.line}"/><text x="${inPixels(point.x)}" y="${inPixels(point.y - 7)}" text-anchor="middle">${inFigures(point.value)}</text>`,
    ),
  ].join("\n");
}

function grid(y: number, value: number): string {
  return `<line x1="${PLOT.left}" x2="${CELL.width - PLOT.right}" y1="${inPixels(y)}" y2="${inPixels(y)}" stroke="${INK.grid}"/><text x="${PLOT.left - 6}" y="${inPixels(y + 4)}" text-anchor="end">${inFigures(value)}</text>`;
}

function limitLine(y: number): string {
  return `<line x1="${PLOT.left}" x2="${CELL.width - PLOT.right}" y1="${inPixels(y)}" y2="${inPixels(y)}" stroke="${INK.limit}" stroke-dasharray="5 4"/>`;
}

/** The next of 1, 2, 5, 10, 20, … that is larger by enough for what is written above it. */
function niceAbove(value: number): number {
  const wanted = value * 1.1;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= wanted) ?? 10 * power;
}

function inFigures(value: number): string {
  return value >= 100
    ? Math.round(value).toLocaleString("en")
    : String(Number(value.toPrecision(2)));
}

function inPixels(value: number): string {
  return value.toFixed(1);
}
