import { ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";

/** Colours that are told apart by people who do not see red and green alike; a word or a number always stands beside. */
export const COLOURS = {
  good: "green",
  warn: "orange",
  bad: "red",
  unknown: "#808080",
  plain: "text",
  maintenance: "blue",
} as const;

export type Colour = (typeof COLOURS)[keyof typeof COLOURS];

/** From which value on which colour holds; below the first step, `base` does. */
export interface Steps {
  readonly base: Colour;
  readonly steps: readonly (readonly [from: number, colour: Colour])[];
}

/** The higher the better: bad below `warn`, good from `good` on. */
export function atLeast({ warn, good }: { warn: number; good: number }): Steps {
  return {
    base: COLOURS.bad,
    steps: [
      [warn, COLOURS.warn],
      [good, COLOURS.good],
    ],
  };
}

/** The lower the better: good until `warn`, bad from `bad` on. */
export function atMost({ warn, bad }: { warn: number; bad: number }): Steps {
  return {
    base: COLOURS.good,
    steps: [
      [warn, COLOURS.warn],
      [bad, COLOURS.bad],
    ],
  };
}

/** None is good; from one on it is to be looked at, or bad. */
export const SOME_ARE_WARN: Steps = { base: COLOURS.good, steps: [[1, COLOURS.warn]] };
export const SOME_ARE_BAD: Steps = { base: COLOURS.good, steps: [[1, COLOURS.bad]] };

/** No value is better than another one. */
export const NEUTRAL: Steps = { base: COLOURS.plain, steps: [] };

/** A share as it is shown everywhere: in percent with one digit, the higher the better. */
export function asShare(limit: { readonly warn: number; readonly good: number }) {
  return { unit: "percentunit", decimals: 1, thresholds: atLeast(limit) } as const;
}

export function thresholdsOf({ base, steps }: Steps): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: base }, ...steps.map(([value, color]) => ({ value, color }))]);
}
