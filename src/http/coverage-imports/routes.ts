import { coverageImportCreate } from "./create.ts";
import { coverageImportFiles } from "./files.ts";
import { coverageHeld } from "./held.ts";
import { coverageImportReads } from "./read.ts";

/** What concerns files that come into the register, and the rows of them that wait for a person. */
export const COVERAGE_IMPORTS = [
  coverageImportCreate,
  coverageImportReads,
  coverageImportFiles,
  coverageHeld,
];
