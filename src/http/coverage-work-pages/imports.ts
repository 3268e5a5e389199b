import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { MAX_UPLOAD_BYTES } from "../../coverage/read/index.ts";
import { listSubmissions } from "../../reports/coverage-imports/submissions.ts";
import { EMPTY_IMPORT, type ImportValues } from "../../web/coverage-work/import-form.ts";
import type { FormError } from "../../web/coverage-work/form-parts.ts";
import { importsPage } from "../../web/coverage-work/imports-page.ts";
import { IMPORT_WORDS } from "../../web/coverage-work/import-words.ts";
import type { WorkFacts } from "../../web/coverage-work/work-facts.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import { type ImportingDeps, runImport } from "../coverage-imports/run-import.ts";
import { importForm, outcomeKind, sourceCode } from "../coverage-imports/schemas.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { isStorable } from "../storable-text.ts";
import { pastQuarters, sourceOptions } from "./choices.ts";
import { answerWith, workFacts } from "./facts.ts";
import { blank, cursorOf, pageFields, placeIn } from "./paging.ts";
import { trialAnswer } from "./trial.ts";

const query = z.object({
  ...pageFields,
  outcome: blank(outcomeKind),
  source: blank(sourceCode),
});

/** Files on one page. */
const PAGE_SIZE = 30;

/** GET /coverage/imports: the form and the files that came. */
export function importsHandler(deps: AppDeps) {
  return (c: Context<AppEnv>) => showImports(c, deps, { values: EMPTY_IMPORT, errors: [] });
}

/** POST /coverage/imports: a file; the answer is its page, or at once what a trial came to. */
export function importHandler(deps: ImportingDeps) {
  return async (c: Context<AppEnv>) => {
    const facts = workFacts(c, deps);
    const body = await c.req.parseBody();
    const values = valuesOf(body);
    const read = readForm(body, facts);
    if ("errors" in read) return showImports(c, deps, { values, errors: read.errors });
    const outcome = await runImport(deps, read.form, { viewer: c.get("viewer"), via: "page" });
    if (outcome.submission === null) return trialAnswer(c, deps, { outcome, values });
    const repeated = outcome.repeated ? "&repeated=true" : "";
    return c.redirect(`/coverage/imports/${outcome.submission}?lang=${facts.lang}${repeated}`, 303);
  };
}

type Body = Readonly<Record<string, string | File | (string | File)[]>>;

/** Texts as they were typed, for the form that is shown again. */
function valuesOf(body: Body): ImportValues {
  const text = (name: keyof ImportValues) => {
    const value = body[name];
    return typeof value === "string" ? value.slice(0, 200) : "";
  };
  return {
    source: text("source"),
    as_of: text("as_of"),
    units: text("units"),
    basis: text("basis"),
    reason: text("reason"),
    dry_run: text("dry_run") === "true",
    all_or_nothing: text("all_or_nothing") === "true",
  };
}

function readForm(
  body: Body,
  { lang }: WorkFacts,
): { readonly form: z.infer<typeof importForm> } | { readonly errors: FormError[] } {
  const words = IMPORT_WORDS[lang];
  const { file, ...fields } = body;
  if (!(file instanceof File) || (file.size === 0 && file.name === "")) {
    return { errors: [{ field: "file", text: words.fileMissing }] };
  }
  if (file.size === 0) return { errors: [{ field: "file", text: words.fileEmpty }] };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
  const read = importForm.safeParse({ ...given, file });
  if (read.success && isStorable(read.data.reason ?? "")) return { form: read.data };
  const wrong = read.success ? ["reason"] : read.error.issues.map(({ path }) => String(path[0]));
  return { errors: [...new Set(wrong)].map((field) => ({ field, text: wrongText(field, lang) })) };
}

function wrongText(field: string, lang: WorkFacts["lang"]): string {
  const words = IMPORT_WORDS[lang];
  const labels: Readonly<Record<string, string>> = {
    source: words.source,
    as_of: words.asOf,
    units: words.units,
    basis: words.basis,
    reason: words.reason,
  };
  return words.wrong(labels[field] ?? field);
}

async function showImports(
  c: Context<AppEnv>,
  deps: AppDeps,
  form: { readonly values: ImportValues; readonly errors: readonly FormError[] },
): Promise<Response> {
  const facts = workFacts(c, deps);
  const { cursor, outcome, source } = readQuery(c, query);
  const list = `coverage-imports-page ${JSON.stringify([outcome, source])}`;
  const filter = { outcome, source, province: facts.province };
  const [sources, found] = await Promise.all([
    sourceOptions(deps.db, facts.today, facts.lang),
    listSubmissions(deps.db, filter, { limit: PAGE_SIZE, after: placeIn(list, cursor) }),
  ]);
  const page = importsPage({
    ...facts,
    form: {
      ...form,
      sources,
      ownSource: facts.province === null ? null : `province-${facts.province}`,
      quarters: pastQuarters(facts.today),
      maxMib: MAX_UPLOAD_BYTES / 1024 / 1024,
    },
    query: { outcome, source },
    rows: found.rows,
    nextCursor: cursorOf(list, found.next),
  });
  return answerWith(c, facts, page, form.errors.length > 0 ? 400 : 200);
}
