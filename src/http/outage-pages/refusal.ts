import { formRefusal } from "../form-refusal.ts";

const PAGE = /^\/(?:incidents\/\d+|maintenance|notifications|status\/edit)/;

/** The refusals of pages about outages. */
export const refusal = formRefusal((path) => PAGE.exec(path)?.[0] ?? "/");
