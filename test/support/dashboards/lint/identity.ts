import { panelsOf } from "../boards.ts";
import type { BoardRule } from "./rule.ts";

/** The version of the model that Grafana takes without migrating it. */
const SCHEMA_VERSION = 42;

/** Grafana's own limit. */
const UID_LENGTH = 40;

/** Dashboards have a lasting uid and no number of one installation; panels and rows have lasting numbers of their own. */
export const identity: BoardRule = (board) => {
  const { uid = "", schemaVersion, editable, panels } = board;
  const faults: string[] = [];
  if (!/^[a-z0-9-]+$/.test(uid) || uid.length > UID_LENGTH) faults.push(`uid "${uid}"`);
  if ("id" in board) faults.push("an id, which only one installation knows");
  if (schemaVersion !== SCHEMA_VERSION) faults.push(`schemaVersion ${schemaVersion}`);
  if (editable !== false) faults.push("it can be edited, and the next start would undo that");
  const ids = [...panels.filter(({ type }) => type === "row"), ...panelsOf(board)].map(
    ({ id }) => id ?? 0,
  );
  for (const id of ids) if (id < 1) faults.push(`a panel or row with the id ${id}`);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index)))
    faults.push(`two panels or rows with the id ${id}`);
  return faults;
};
