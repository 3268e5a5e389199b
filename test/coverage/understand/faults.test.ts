import { describe, expect, test } from "vitest";
import { UNDERSTANDING_FAULTS } from "../../../src/catalogue/import-faults/understanding.ts";
import { importFaultText } from "../../../src/catalogue/import-faults/index.ts";
import type { ImportFault } from "../../../src/domain/coverage/import-fault.ts";
import { realRegister, understood } from "../../support/read-file.ts";
import { FAULT_EXAMPLES } from "./fault-examples.ts";

const real = await realRegister();
// Two definitions that claim one header, which the real ones don't.
const claiming = real.indicators
  .slice(0, 2)
  .map((each) => ({ ...each, code: `${each.code}_again`, aliases: ["số hộ trong diện"] }));
const register = { ...real, indicators: [...real.indicators, ...claiming] };

describe("each fault is told, and its neighbour that is fine is not", () => {
  test.each(Object.entries(FAULT_EXAMPLES))(
    "%s",
    async (key, { severity, bad, fine, settings }) => {
      const wrong = await understood(bad, register, settings);
      expect(wrong.codes).toContain(key);
      const at = wrong.codes.indexOf(key);
      expect(wrong.faults[at]).toMatchObject({ severity });
      expectWholeTexts(wrong.faults[at]);
      const right = await understood(fine, register, settings);
      expect(right.codes).not.toContain(key);
      expect(right.understood).not.toBeNull();
    },
  );
});

test("every message has an example, and every example a message", () => {
  expect(Object.keys(FAULT_EXAMPLES).sort()).toEqual(Object.keys(UNDERSTANDING_FAULTS).sort());
});

/** No fact is left out of a message, and there are two languages. */
function expectWholeTexts(fault: ImportFault | undefined): void {
  if (!fault) throw new Error("no fault");
  const [vi, en] = [importFaultText(fault, "vi"), importFaultText(fault, "en")];
  expect(vi).not.toBe(en);
  for (const text of [vi, en]) expect(text).not.toMatch(/undefined|null|\(\)|“”| {2}/);
}
