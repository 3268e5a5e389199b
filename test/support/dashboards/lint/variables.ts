import { type BoardJson, labelValuesOf, type VariableJson } from "../boards.ts";
import type { BoardRule } from "./rule.ts";

/** Grafana's number for "when the time range changes". */
const ON_TIME_RANGE = 2;

/** Grafana's number for "neither label nor values are shown". */
const HIDDEN = 2;

/** "All" of a label that every series has. */
const ALL = ".+";

/** Variables are labelled, asked anew when the time range changes, put together safely, and used. */
export const variables: BoardRule = (board) =>
  board.templating.list
    .filter(({ type }) => type === "query")
    .flatMap((variable) =>
      faultsOf(variable, board).map((fault) => `variable ${variable.name}: ${fault}`),
    );

function faultsOf(variable: VariableJson, board: BoardJson): string[] {
  const { name, label, refresh, multi, includeAll, allValue, datasource, hide } = variable;
  const faults: string[] = [];
  if (!label) faults.push("no label");
  if (refresh !== ON_TIME_RANGE) faults.push(`refresh ${refresh}`);
  if (datasource?.type === "prometheus") {
    if (includeAll === true && allValue !== ALL) faults.push(`all stands for ${allValue}`);
    try {
      labelValuesOf(variable);
    } catch (error) {
      faults.push((error as Error).message);
    }
    if (multi === true || includeAll === true) faults.push(...exactUses(name, board));
  }
  // Its own definition counts too: one use more than that.
  const { templating, ...rest } = board;
  const others = templating.list.filter((each) => each !== variable);
  // A hidden one goes along to the other dashboards.
  const used = hide === HIDDEN || usesOf(name).test(JSON.stringify([rest, others]));
  if (!used) faults.push("nothing uses it");
  return faults;
}

/** A variable of several values stands for a regular expression, which `=` would take literally. */
function exactUses(name: string, board: BoardJson): string[] {
  const found = new RegExp(String.raw`!?=\\"\$\{?${name}\b`).exec(JSON.stringify(board.panels));
  return found ? [`compared literally: ${found[0]}`] : [];
}

function usesOf(name: string): RegExp {
  return new RegExp(String.raw`\$${name}\b|\$\{${name}\b|\[\[${name}\b`);
}
