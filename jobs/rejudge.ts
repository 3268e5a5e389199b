import { judge, RULE_SETS, ruleSet } from "../src/checks/index.ts";
import type { Day } from "../src/domain/calendar.ts";
import type { RuleSet } from "../src/domain/judgement.ts";
import { UsageError } from "../src/domain/usage-error.ts";
import { pairsToRejudge, rejudgePair, startOfDayIn } from "../src/store/rejudge.ts";
import type { JobDeps, JobOnRequest, JobOptions } from "./job.ts";

/** After so many portals the job says how far it is. */
const TELL_EVERY = 50;

const OPTIONS: ReadonlySet<string> = new Set(["ruleset", "since", "all"]);

interface Order {
  readonly rules: RuleSet;
  readonly since: Day;
  /** Also portals whose audits all carry these rules already. */
  readonly all: boolean;
}

/**
 * One transaction a portal: a run that was cut off goes on where it stopped, because what was judged already carries
 * the rule set, and audits that are made meanwhile are stored between two portals.
 */
export const rejudge: JobOnRequest = {
  name: "rejudge",
  does: "judges stored audits again by a rule set, with --ruleset VERSION and --since DATE",
  prepare(options) {
    const order = readOrder(options);
    return { name: "rejudge", run: (deps) => rejudgeAll(deps, order) };
  },
};

/** Judges what an order asks for; returns what became of it. */
export async function rejudgeAll(deps: JobDeps, { rules, since, all }: Order): Promise<object> {
  const { db, settings, log } = deps;
  const from = await startOfDayIn(db, since, settings.reportTimezone);
  // The Swedish way to write a day is that of ISO 8601.
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: settings.reportTimezone });
  const done = { ruleset: rules.version, since, portals: 0, audits: 0, findings: 0 };
  const pairs = pairsToRejudge(db, { since: from, unless: all ? null : rules.version });
  for await (const pair of pairs) {
    const { audits, findings } = await rejudgePair(db, pair, from, {
      judge(observation, history) {
        const { faults, ...judgement } = judge(observation, { rules, history });
        for (const { check, error } of faults) log.error({ err: error, check }, "A check threw");
        return judgement;
      },
      dayOf: (at) => day.format(at),
    });
    done.portals += 1;
    done.audits += audits;
    done.findings += findings;
    if (done.portals % TELL_EVERY === 0) log.info({ ...done }, "Audits are judged again:");
  }
  return done;
}

function readOrder(options: JobOptions): Order {
  const { ruleset, since, all } = options;
  const unknown = Object.keys(options).find((name) => !OPTIONS.has(name));
  if (unknown !== undefined) {
    throw new UsageError(`The job rejudge takes no option --${unknown}.`);
  }
  if (ruleset === undefined || since === undefined) {
    throw new UsageError("The job rejudge needs --ruleset VERSION and --since DATE.");
  }
  return { rules: readRuleSet(ruleset), since: readDay(since), all: all !== undefined };
}

function readRuleSet(version: string | true): RuleSet {
  const rules = version === true ? null : ruleSet(version);
  if (rules) return rules;
  const known = RULE_SETS.map((each) => each.version).join(", ");
  throw new UsageError(`There is no rule set "${String(version)}". Rule sets: ${known}.`);
}

function readDay(text: string | true): Day {
  const at = typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(String(text))) return String(text);
  throw new UsageError(`--since "${String(text)}" is no day; a day is written 2026-11-01.`);
}
