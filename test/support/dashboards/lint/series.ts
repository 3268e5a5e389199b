import { followLabels } from "../labels.ts";
import { wrongValues } from "../values.ts";
import { readQueries } from "./read-queries.ts";
import type { BoardRule } from "./rule.ts";

/** Every series that a query names exists, with the labels by which it is selected, summed and joined. */
export const series: BoardRule = (board, { known }) =>
  readQueries(board).flatMap((query) => {
    if ("error" in query) return [];
    const faults = [...followLabels(query.parsed, known).faults, ...wrongValues(query.parsed)];
    return faults.map((fault) => `${query.place}: ${fault}`);
  });
