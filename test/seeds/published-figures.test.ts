import { expect, test } from "vitest";
import { readPublishedFigures } from "../../seeds/read-published-figures.ts";

const { figures, leftOut } = await readPublishedFigures();
const short = (line: number) => {
  const found = figures.find((each) => each.line === line);
  if (!found) throw new Error(`Line ${line} was not loaded`);
  const {
    code,
    unitsOn,
    indicator,
    operator,
    asOf,
    basis,
    numerator,
    denominatorValue,
    statedRatio,
    source,
  } = found;
  return [
    code,
    unitsOn,
    indicator,
    operator,
    asOf,
    basis,
    numerator,
    denominatorValue,
    statedRatio,
    source,
  ];
};

test("of 34 published rows, 28 are figures, 2 are household counts and 4 have no day", () => {
  expect(figures.filter(({ indicator }) => indicator !== null)).toHaveLength(28);
  expect(figures.filter(({ denominator }) => denominator !== null)).toHaveLength(2);
  expect(leftOut).toEqual(
    [26, 27, 28, 29].map((line) => ({ line, reason: "undated, before 2025-07" })),
  );
});

test("a percentage without counts stays a stated ratio, on the last day of its month or quarter", () => {
  expect(short(2)).toEqual([
    "VN",
    "2025-07-01",
    "fibre_hh_using",
    "all",
    "2023-03-31",
    "reported",
    null,
    null,
    0.7536,
    "pub-cafef-vn",
  ]);
  expect(short(8)).toEqual([
    "VN",
    "2025-07-01",
    "pop_5g",
    "all",
    "2025-06-30",
    "reported",
    null,
    null,
    0.26,
    "pub-vneconomy-vn",
  ]);
  expect(short(9)).toEqual([
    "VN",
    "2025-07-01",
    "pop_5g",
    "all",
    "2025-10-31",
    "reported",
    null,
    null,
    0.3952,
    "pub-vneconomy-vn",
  ]);
});

test("what is given beside a percentage is kept as it is given", () => {
  expect(short(3).slice(4)).toEqual([
    "2023-05-31",
    "reported",
    20_810_000,
    null,
    0.769,
    "pub-vnpthcm-com",
  ]);
  expect(short(19).slice(2)).toEqual([
    "commune_has_5g",
    "all",
    "2025-10-31",
    "reported",
    47,
    96,
    null,
    "pub-sggp-org-vn",
  ]);
  expect(short(23).slice(2)).toEqual([
    "hamlet_signal_none",
    "all",
    "2026-01-31",
    "reported",
    91,
    3802,
    null,
    "pub-baotuyenquang-com-vn",
  ]);
});

test("weak signal among the hamlets that have one keeps its own denominator, and so its own indicator", () => {
  expect(short(24).slice(2, 8)).toEqual([
    "hamlet_signal_weak_of_served",
    "all",
    "2026-01-31",
    "reported",
    182,
    3711,
  ]);
});

test("a plan stays projected, beside what was stated later", () => {
  expect(short(11).slice(2, 9)).toEqual([
    "pop_5g",
    "all",
    "2025-12-31",
    "projected",
    null,
    null,
    0.9,
  ]);
  expect(short(12).slice(2, 9)).toEqual([
    "pop_5g",
    "all",
    "2026-01-31",
    "reported",
    null,
    null,
    0.9,
  ]);
});

test("one operator's share of nobody knows what is never the population's", () => {
  expect(short(13).slice(2, 5)).toEqual(["coverage_5g_outdoor_operator", "viettel", "2025-12-31"]);
});

test("figures of provinces before July 2025 are of those provinces", () => {
  expect(short(30).slice(0, 3)).toEqual(["19", "2025-06-30", "hamlet_fibre"]);
  expect(short(33).slice(0, 5)).toEqual([
    "51",
    "2025-06-30",
    "commune_has_fibre",
    "all",
    "2024-12-31",
  ]);
  expect(short(18).slice(0, 3)).toEqual(["80", "2025-07-01", "fibre_hh_using"]);
});

test("every figure says what the publication said, and where", () => {
  for (const { note, url } of figures) expect(note.endsWith(url)).toBe(true);
  expect(figures.find(({ line }) => line === 12)?.note).toContain("stated as about 90%");
});
