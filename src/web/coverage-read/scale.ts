import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Lang } from "../lang.ts";
import { numberText, percentText } from "../number-text.ts";

/** A class of values, told apart by colour and by pattern. */
export interface ValueClass {
  /** Slug; `missing` has no value. */
  readonly id: "missing" | `c${number}`;
  readonly text: string;
  readonly look: Look;
}

/** How a class is drawn: a colour, and lines of another one in a tile of 8 × 8. */
export interface Look {
  readonly fill: string;
  readonly ink: string;
  /** SVG path data; empty: plain. */
  readonly lines: string;
}

/** What is drawn by: the classes, and which of them a sum is in. */
export interface Scale {
  readonly classes: readonly ValueClass[];
  readonly classOf: (sum: CoverageSum) => ValueClass;
}

/** What the scale needs to know of the indicator. */
export interface ScaleOf {
  readonly denominator_kind: string | null;
  readonly level: "country" | "province" | "commune";
  readonly lang: Lang;
}

/** ColorBrewer's YlGnBu, safe for colour-blind eyes; each step has a pattern of its own as well. */
const LOOKS: readonly [Look, Look, Look, Look, Look] = [
  { fill: "#ffffcc", ink: "#6b6b1f", lines: "M1 1h1M5 5h1" },
  { fill: "#a1dab4", ink: "#1d5a3c", lines: "M0 4h8" },
  { fill: "#41b6c4", ink: "#07363c", lines: "M-2 2l4-4M0 8l8-8M6 10l4-4" },
  { fill: "#2c7fb8", ink: "#e9f4fb", lines: "M4 0v8" },
  { fill: "#253494", ink: "#253494", lines: "" },
];

const MISSING_LOOK: Look = { fill: "#dcdcdc", ink: "#5a5a5a", lines: "M1 1l6 6M7 1l-6 6" };

/** Where classes of ratios begin: of what differs much, of what is nearly everywhere, and of what is rare. */
const WIDE = [0, 0.5, 0.7, 0.85, 0.95] as const;
const FEW = [0, 0.1, 0.2, 0.3, 0.4] as const;
const FEW_UP_TO = 0.5;
const RARE = [0, 0.005, 0.01, 0.02, 0.05] as const;
const RARE_UP_TO = 0.1;
const NEARLY_ALL = [0, 0.9, 0.95, 0.97, 0.99] as const;
const NEARLY_ALL_FROM = 0.8;

const MISSING_WORDS: Readonly<Record<Lang, string>> = { vi: "chưa có số liệu", en: "no data" };
const YES_NO: Readonly<Record<Lang, readonly [string, string]>> = {
  vi: ["chưa có", "có"],
  en: ["no", "yes"],
};

/** The classes for these sums: of ratios by fixed steps, of counts by fifths of what there is, of a yes or no two. */
export function scaleFor(sums: readonly CoverageSum[], of: ScaleOf): Scale {
  const { denominator_kind: kind, level, lang } = of;
  if (kind === "communes" && level === "commune") {
    return scale(
      [0, 1],
      (from) => YES_NO[lang][from === 0 ? 0 : 1],
      ({ ratio }) => ratio,
      lang,
    );
  }
  if (kind === null) {
    const steps = fifths(sums.flatMap(({ numerator }) => numerator ?? []));
    const text = (from: number, to: number | undefined) => {
      if (to === undefined) return `≥ ${numberText(from, lang)}`;
      return `${numberText(from, lang)} – ${numberText(to - 1, lang)}`;
    };
    return scale(steps, text, ({ numerator }) => numerator, lang);
  }
  const steps = stepsFor(sums.flatMap(({ ratio }) => ratio ?? []));
  const text = (from: number, to: number | undefined) => {
    if (from === 0) return `< ${percentText(to ?? 1, lang)}`;
    return `${percentText(from, lang)} – ${to === undefined ? "" : "< "}${percentText(to ?? 1, lang)}`;
  };
  return scale(steps, text, ({ ratio }) => ratio, lang);
}

function scale(
  steps: readonly number[],
  text: (from: number, to: number | undefined) => string,
  valueOf: (sum: CoverageSum) => number | null,
  lang: Lang,
): Scale {
  const missing: ValueClass = { id: "missing", text: MISSING_WORDS[lang], look: MISSING_LOOK };
  const valued = steps.map((from, index): ValueClass => ({
    id: `c${index}`,
    text: text(from, steps[index + 1]),
    // Two classes are the ends of the palette.
    look: LOOKS[steps.length === 2 ? index * (LOOKS.length - 1) : index] ?? LOOKS[0],
  }));
  return {
    classes: [...valued, missing],
    classOf: (sum) => {
      const value = valueOf(sum);
      if (value === null) return missing;
      const index = steps.findLastIndex((from) => value >= from);
      return valued[Math.max(0, index)] ?? missing;
    },
  };
}

function stepsFor(ratios: readonly number[]): readonly number[] {
  if (ratios.length === 0) return WIDE;
  const least = ratios.reduce((one, other) => Math.min(one, other));
  const greatest = ratios.reduce((one, other) => Math.max(one, other));
  if (least >= NEARLY_ALL_FROM) return NEARLY_ALL;
  if (greatest < RARE_UP_TO) return RARE;
  return greatest < FEW_UP_TO ? FEW : WIDE;
}

/** Whole numbers at which the fifths of a set begin, without doubles. */
function fifths(values: readonly number[]): number[] {
  const sorted = values.toSorted((one, other) => one - other);
  const cuts = [0, 1, 2, 3, 4].map((part) => sorted[Math.floor((part * sorted.length) / 5)] ?? 0);
  return [...new Set([0, ...cuts.slice(1).map(Math.ceil)])].toSorted((one, other) => one - other);
}
