import type { FaultTexts } from "./fault-texts.ts";
import { FILE_RULE_FAULTS } from "./rules-file.ts";
import { NUMBER_RULE_FAULTS } from "./rules-numbers.ts";
import { PLACE_RULE_FAULTS } from "./rules-places.ts";

/** What the rules over understood rows and files say. */
export const RULE_FAULTS: FaultTexts = {
  ...NUMBER_RULE_FAULTS,
  ...PLACE_RULE_FAULTS,
  ...FILE_RULE_FAULTS,
};
