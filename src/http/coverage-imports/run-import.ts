import type { z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { MAX_UPLOAD_BYTES } from "../../coverage/read/index.ts";
import { importCoverage } from "../../importing/import-coverage.ts";
import { DEFAULT_SOURCE, type ImportOptions } from "../../importing/import-options.ts";
import type { ImportOutcome, ImportProblem } from "../../importing/import-outcome.ts";
import type { Viewer } from "../access/viewer.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { Problem } from "../problem.ts";
import { sourceFor } from "./access.ts";
import type { importForm } from "./schemas.ts";

/** What surrounds the file in a form. */
const FORM_BYTES = 1024 * 1024;

/** Each takes up to 300 MB: the rest is asked to come back. */
const IMPORTS_AT_ONCE = 2;
const COME_BACK_SECONDS = "10";

/** Refuses a form with more than one file of the largest size. */
export const limitUpload: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: MAX_UPLOAD_BYTES + FORM_BYTES,
  onError: () => {
    throw new Problem(413, `A file has at most ${MAX_UPLOAD_BYTES / 1024 / 1024} MiB.`);
  },
});

/** Lets so many imports through at a time, by API and page together; it stands before the body is read. */
export type ImportGate = MiddlewareHandler<AppEnv>;

/** What those who import need beside the rest. */
export interface ImportingDeps extends AppDeps {
  readonly importGate: ImportGate;
}

/** A gate that nobody has passed yet. */
export function createImportGate(): ImportGate {
  let running = 0;
  return async (_c, next) => {
    if (running >= IMPORTS_AT_ONCE) {
      throw new Problem(503, "Other files are being imported. Try again in a moment.", {
        headers: { "Retry-After": COME_BACK_SECONDS },
      });
    }
    running += 1;
    try {
      await next();
    } finally {
      running -= 1;
    }
  };
}

/** Imports the file of a form for a viewer, and tells the metrics of new figures. Throws 400, 403 or 503. */
export async function runImport(
  deps: AppDeps,
  form: z.infer<typeof importForm>,
  by: { readonly viewer: Viewer; readonly via: "api" | "page" },
): Promise<ImportOutcome> {
  const { db, clock, units } = deps;
  const file = { name: form.file.name, bytes: new Uint8Array(await form.file.arrayBuffer()) };
  const imported = await importCoverage(
    { db, clock, units, timezone: deps.config.reportTimezone },
    file,
    optionsOf(form, by),
  );
  if (!imported.ok) throw toProblem(imported.problem);
  if (imported.value.figures > 0) deps.onCoverageChanged();
  return imported.value;
}

function optionsOf(
  form: z.infer<typeof importForm>,
  { viewer, via }: { readonly viewer: Viewer; readonly via: "api" | "page" },
): ImportOptions {
  return {
    via,
    actor: viewer.actor,
    source: sourceFor(viewer, form.source, DEFAULT_SOURCE),
    asOf: form.as_of ?? null,
    unitsDay: form.units ?? null,
    basis: form.basis ?? null,
    operator: form.operator ?? "all",
    reason: form.reason ?? null,
    onlyProvince: viewer.province,
    dryRun: form.dry_run ?? false,
    allOrNothing: form.all_or_nothing ?? false,
    onProgress: () => undefined,
  };
}

function toProblem(problem: ImportProblem): Problem {
  switch (problem.kind) {
    case "unknown_source": {
      const known = ["province-01 and so on", ...problem.known].join(", ");
      return new Problem(400, "The file was not imported.", {
        errors: [{ field: "body.source", detail: `there is no such source; there are ${known}` }],
      });
    }
    case "unknown_operator": {
      const known = ["all", ...problem.known].join(", ");
      return new Problem(400, "The file was not imported.", {
        errors: [{ field: "body.operator", detail: `must be one of ${known}` }],
      });
    }
    case "busy":
      return new Problem(503, "Others are writing figures of the same units. Try again.", {
        headers: { "Retry-After": COME_BACK_SECONDS },
      });
  }
}
