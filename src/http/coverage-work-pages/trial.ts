import type { Context } from "hono";
import { faultRow } from "../../catalogue/import-faults/fault-row.ts";
import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import { SEVERITIES } from "../../domain/coverage/import-fault.ts";
import { DEFAULT_SOURCE } from "../../importing/import-options.ts";
import type { ImportOutcome } from "../../importing/import-outcome.ts";
import type { ShownFaults } from "../../web/coverage-work/fault-section.ts";
import type { ImportValues } from "../../web/coverage-work/import-form.ts";
import { submissionPage } from "../../web/coverage-work/submission-page.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { codeNames } from "./choices.ts";
import { answerWith, workFacts } from "./facts.ts";

/** Of a trial there is no other page with the rest. */
const FAULTS_SHOWN = 100;

/** What a trial came to; nothing of it was stored, so that it has no address of its own. */
export async function trialAnswer(
  c: Context<AppEnv>,
  deps: AppDeps,
  { outcome, values }: { readonly outcome: ImportOutcome; readonly values: ImportValues },
): Promise<Response> {
  const facts = workFacts(c, deps);
  const { file, faultCount: faults, accepted, held, refused, unchanged } = outcome;
  const page = submissionPage({
    ...facts,
    id: null,
    file,
    by: c.get("viewer").actor.name,
    receivedAt: null,
    counts: { outcome: outcome.outcome, accepted, held, refused, unchanged, faults },
    waiting: 0,
    repeated: false,
    kept: false,
    understood: outcome,
    settings: {
      source:
        facts.province === null ? values.source || DEFAULT_SOURCE : `province-${facts.province}`,
      as_of: values.as_of || null,
      units: values.units || null,
      basis: values.basis || null,
      reason: values.reason || null,
    },
    names: await codeNames(deps.db, facts.lang),
    faults: grouped(file, outcome.faults),
    rule: undefined,
    nextCursor: null,
    suggestedUnits: null,
  });
  return answerWith(c, facts, page);
}

function grouped(file: string, faults: readonly ImportFault[]): ShownFaults[] {
  const groups = Map.groupBy(faults, ({ rule, severity }) => `${rule} ${severity}`);
  return [...groups.values()]
    .flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const { rule, severity } = first;
      const rows = own.slice(0, FAULTS_SHOWN).map((fault) => faultRow(file, fault));
      return [{ rule, severity, faults: own.length, rows, all: null }];
    })
    .toSorted((one, other) => gravity(one) - gravity(other) || (one.rule < other.rule ? -1 : 1));
}

function gravity({ severity }: ShownFaults): number {
  return SEVERITIES.indexOf(severity);
}
