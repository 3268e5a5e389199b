import type { Rows } from "../support/row.ts";
import { CHANGED_ROWS } from "./changed.ts";
import { DELEGATION_ROWS } from "./delegation.ts";
import { LAB_ROWS } from "./lab.ts";
import { PLACE_ROWS } from "./places.ts";
import { SERVER_ROWS } from "./servers.ts";

/** Every row of the matrix, each checked by a test file of its own. */
export const ALL_ROWS: readonly Rows[] = [
  LAB_ROWS,
  CHANGED_ROWS,
  SERVER_ROWS,
  DELEGATION_ROWS,
  PLACE_ROWS,
];

/** Reasons that no audit of ours can come to, by `check reason`, and why. */
export const NOT_PLAYED: Readonly<Record<string, string>> = {
  "D1 one_answer_only": "names are asked for in pairs; only a cut observation holds one answer",
  "D2 special_other": "every class of address that the registry knows has a reason of its own",
  "W3 no_certificate": "anonymous suites are not among those that we offer",
  "W5 history_short": "said of the ladder by light probes, never of an audit by the check",
  "W5 success_low": "said of the ladder by light probes, never of an audit by the check",
  "W5 success_below_ip4": "said of the ladder by light probes, never of an audit by the check",
};
