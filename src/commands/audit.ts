import type { Lang } from "../catalogue/index.ts";
import { CURRENT_RULES, judge } from "../checks/index.ts";
import type { Config } from "../config.ts";
import type { AuditObservation } from "../domain/audit/observation.ts";
import { FAMILIES, type Family } from "../domain/family.ts";
import { parsePortalUrl } from "../domain/portal-url.ts";
import { UsageError } from "../domain/usage-error.ts";
import type { VantageState } from "../domain/vantage.ts";
import { createAudit } from "../probes/audit/index.ts";
import { createSelfTest, type SelfTest } from "../probes/index.ts";
import { auditsOptions, proberOptions } from "../prober-options.ts";
import { auditJson } from "./audit-json.ts";
import { auditText, gateText, stepText } from "./audit-text.ts";
import { withLeftOut } from "./left-out.ts";

/** What the command line may ask of an audit. */
interface AuditRequest {
  readonly family?: string | undefined;
  readonly json?: boolean | undefined;
  readonly lang?: Lang | undefined;
}

/** The whole command ends within 90 s, whatever the portal does; the rest is for starting up, judging and printing. */
const LIMIT_MS = 85_000;

/** Between two tries of what fails: somebody waits, and a single audit is no load. */
const TRY_GAP_MS = 2000;

/**
 * Audits one URL once, after a test of this place; nothing is stored. Progress and the report go to stderr, with
 * `json` one object to stdout instead of the report. 1 where a verdict is fail; throws UsageError for a bad URL.
 */
export async function auditCommand(
  config: Config,
  text: string,
  request: AuditRequest,
): Promise<0 | 1> {
  const url = readUrl(text);
  const families = readFamilies(request.family);
  const lang = request.lang ?? config.lang;
  const say = (lines: readonly string[]) => void process.stderr.write(`${lines.join("\n")}\n`);
  const observation = await observe(config, url, families, {
    onGate: (gate) => say(gateText(gate, families, lang)),
    onStep: (step) => say([stepText(step, lang)]),
  });
  const judged = judge(observation, { rules: CURRENT_RULES, history: null });
  const judgement = withLeftOut(judged, families);
  if (request.json) {
    process.stdout.write(`${JSON.stringify(auditJson(observation, judgement, families))}\n`);
  } else say(auditText(observation, judgement, families, lang));
  return judgement.findings.some(({ verdict }) => verdict === "fail") ? 1 : 0;
}

function readUrl(text: string): string {
  const parsed = parsePortalUrl(text);
  if (parsed.ok) return parsed.value.url;
  throw new UsageError(
    "Expected a URL such as https://example.gov.vn/, without user, password or fragment.",
  );
}

function readFamilies(given: string | undefined): readonly Family[] {
  if (given === undefined) return FAMILIES;
  const wanted = given.split(",");
  if (!wanted.every((number) => number === "4" || number === "6")) {
    throw new UsageError("--family takes 4, 6 or 4,6.");
  }
  return FAMILIES.filter((family) => wanted.includes(family === "ip4" ? "4" : "6"));
}

interface Listeners {
  readonly onGate: (gate: VantageState) => void;
  readonly onStep: (step: Parameters<typeof stepText>[0]) => void;
}

async function observe(
  config: Config,
  url: string,
  families: readonly Family[],
  { onGate, onStep }: Listeners,
): Promise<AuditObservation> {
  const endsAt = performance.now() + LIMIT_MS;
  const { vantage, dnsServers, allowedNetworks, extraRoots, contact } = proberOptions(config);
  const network = { dnsServers, allowedNetworks, extraRoots };
  const selfTest = createSelfTest({ ...vantage, ...network });
  const look = lookThrough(selfTest, families);
  try {
    const gate = await look();
    onGate(gate);
    const audit = createAudit({
      ...network,
      ...auditsOptions(config),
      vantage: vantage.name,
      contact,
      tryGapMs: TRY_GAP_MS,
      timeoutMs: Math.floor(endsAt - performance.now()),
    });
    const order = { gate, confirmGate: look, progress: onStep };
    return await audit.run({ url }, order).finally(() => audit.close());
  } finally {
    selfTest.close();
  }
}

/** Self-tests that take the families that are left out for closed: nothing is sent over them. */
function lookThrough(selfTest: SelfTest, families: readonly Family[]) {
  return async (): Promise<VantageState> => {
    const state = await selfTest.check();
    const leftOut = FAMILIES.filter((family) => !families.includes(family)).map((family) => [
      family,
      { ...state.families[family], healthy: false, why: "Left out by --family." },
    ]);
    return { ...state, families: { ...state.families, ...Object.fromEntries(leftOut) } };
  };
}
