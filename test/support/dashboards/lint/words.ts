import { panelsOf } from "../boards.ts";
import type { BoardRule } from "./rule.ts";

/** Shorter than this, a description is another title. */
const MIN_DESCRIPTION = 30;

/** Every panel says what it is called, how to read it, and what stands there while there is nothing to show. */
export const words: BoardRule = (board) =>
  panelsOf(board).flatMap(({ id, title = "", description = "", fieldConfig }) => {
    const faults: string[] = [];
    if (title.trim() === "") faults.push("no title");
    if (description.length < MIN_DESCRIPTION) faults.push("no description worth the name");
    if ((fieldConfig?.defaults.noValue ?? "") === "") faults.push("no text for no value");
    return faults.map((fault) => `panel ${id} "${title}": ${fault}`);
  });
