import type { RowRule } from "./rule.ts";

/** V14: a row that says nothing at all records nothing, and is told, so that a forgotten one is not taken for 0. */
export const v14: RowRule = {
  id: "V14",
  needsPlace: false,
  judge: ({ figures, row }) => {
    // What could not be read was told, and is not nothing.
    if (row.faults.some(({ severity }) => severity === "reject_row")) return [];
    const saysSomething = figures.some(
      ({ stated }) =>
        stated.status !== "present" || stated.numerator !== null || stated.statedRatio !== null,
    );
    return saysSomething ? [] : [{ severity: "warn", detail: { code: "nothing_to_record" } }];
  },
};
