import { z } from "@hono/zod-openapi";
import { XLSX_TYPE } from "./respond.ts";

/** `format` of lists that have an XLSX form too. */
export const sheetFormat = z
  .enum(["json", "csv", "xlsx"])
  .optional()
  .openapi({ description: "Wins over the Accept header; XLSX holds all rows." });

/** What a list's answer looks like in a route where it has an XLSX form too. */
export function withSheet<Answer extends { readonly content: object }>(answer: Answer) {
  const sheet = { [XLSX_TYPE]: { schema: z.string().openapi({ format: "binary" }) } };
  return { ...answer, content: { ...answer.content, ...sheet } };
}
