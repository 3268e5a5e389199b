import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { type Config, readConfig } from "../../src/config.ts";
import { GRADE_VALUE, LEVEL_VALUE } from "../../src/domain/readiness.ts";
import { createLogger } from "../../src/log.ts";
import { type Observing, startObserving } from "../../src/observing.ts";
import { addAgencies } from "../../src/store/agencies.ts";
import { createPortal } from "../../src/store/portals.ts";
import { createTeardown, type Teardown } from "../../src/teardown.ts";
import { type WatchedPortals, watchPortals } from "../../src/watched-portals.ts";
import { type ParsedSample as Sample, parseExposition } from "../metrics/parse-exposition.ts";
import { openTestDatabase } from "../support/database.ts";

const IDS = ["healthy", "ipv4-only", "expired"];

// Two starts with several audits each, on a machine that does other things too.
vi.setConfig({ testTimeout: 60_000 });

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ only: IDS });
});
afterAll(() => lab.stop());

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let folder: string;
let teardown: Teardown;
beforeEach(async () => {
  opened = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "hatangso-auditing-"));
  await addAgencies(opened.db, [{ ownerType: "made-up", ownerCode: "lab", nameVi: "Bịa" }]);
  for (const id of IDS) {
    const { url, nameVi, kind } = lab.portal(id);
    await createPortal(
      { db: opened.db, actor: { keyId: null, name: "test" } },
      { id, url, name_vi: nameVi, kind, agency: "made-up-lab" },
    );
  }
});
afterEach(async () => {
  await teardown.run();
  await lab.setBehaviour("healthy", "healthy");
  await opened.close();
  await rm(folder, { recursive: true });
});

function config(): Config {
  return {
    ...readConfig({ DNS_SERVERS: lab.dnsServer, PROBE_WORKERS: "1", LOG_LEVEL: "silent" }),
    dataDir: folder,
    allowedNetworks: lab.allowedNetworks.split(","),
    vantageAnchors: [...lab.anchors],
    extraRoots: [lab.caPem],
    rootHints: { path: "lab", text: lab.rootHints },
    dnsAuthorityPort: lab.authorityPort,
    auditHttpPort: lab.httpPort,
    // The vantage point tests itself as often, which each audit waits for at its end.
    probeIntervalMs: 1000,
    // A week: no regular slot falls into a test.
    auditIntervalMs: 604_800_000,
    auditPace: { timeoutMs: 40_000, tryGapMs: 50, firstRoundMs: 200, perAddress: 20, inFlight: 8 },
  };
}

/** The way of observations as the service has it, and the register followed. */
async function start(): Promise<Observing & { watched: WatchedPortals }> {
  const log = createLogger("silent");
  teardown = createTeardown(log);
  const observing = await startObserving(opened.db, config(), log, teardown);
  const watched = watchPortals(opened.db, observing, log);
  teardown.add("register", watched.stop);
  await watched.refresh();
  return { ...observing, watched };
}

async function samplesOf({ portalMetrics }: Observing): Promise<readonly Sample[]> {
  return parseExposition(await new Response(portalMetrics.scrape()).text()).samples;
}

/** Scrapes until it holds what is wanted; the test's own time limit ends what never comes. */
async function scrapeUntil(
  observing: Observing,
  isWanted: (samples: readonly Sample[]) => boolean,
): Promise<readonly Sample[]> {
  for (;;) {
    const samples = await samplesOf(observing);
    if (isWanted(samples)) return samples;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

const valuesOf = (samples: readonly Sample[], name: string) =>
  Object.fromEntries(
    samples
      .filter((sample) => sample.name === name)
      .map(({ labels, value }) => [labels["portal"], value]),
  );

const isAudited = (samples: readonly Sample[]) =>
  Object.keys(valuesOf(samples, "portal_last_audit_timestamp_seconds")).length === IDS.length;

test("audits land in the database and in the metrics, with the levels and grades that the lab expects", async () => {
  const observing = await start();
  const samples = await scrapeUntil(observing, isAudited);
  const expected = IDS.map((id) => [id, lab.portal(id).audit] as const);
  expect(valuesOf(samples, "portal_ipv6_level")).toEqual(
    Object.fromEntries(expected.map(([id, { level }]) => [id, LEVEL_VALUE[level]])),
  );
  expect(valuesOf(samples, "portal_https_grade")).toEqual(
    Object.fromEntries(expected.map(([id, { grade }]) => [id, GRADE_VALUE[grade]])),
  );
  const wrong = await opened.db
    .selectFrom("finding as f")
    .innerJoin("portal as p", "p.id", "f.portal_id")
    .select(["p.slug", "f.check_id", "f.verdict"])
    .distinct()
    .where("f.ended_at", "is", null)
    .where("f.verdict", "in", ["warn", "fail"])
    .execute();
  expect(wrong).toContainEqual({ slug: "ipv4-only", check_id: "D1", verdict: "fail" });
  expect(
    samples
      .filter(({ name }) => name === "portal_finding")
      .map(({ labels }) => `${labels["portal"]} ${labels["check"]} ${labels["verdict"]}`)
      .toSorted(),
  ).toEqual(wrong.map((one) => `${one.slug} ${one.check_id} ${one.verdict}`).toSorted());
  const counted = samples.filter(({ name }) => name === "portals_by_ipv6_level");
  expect(counted.reduce((sum, { value }) => sum + value, 0)).toBe(IDS.length);
  expect(counted[0]?.labels["owner_type"]).toBe("made-up");
  const own = parseExposition(await observing.serviceMetrics.text()).samples;
  const outcome = (wanted: string) =>
    own.find(({ name, labels }) => name === "prober_audits_total" && labels["outcome"] === wanted);
  expect(outcome("ok")?.value).toBe(IDS.length);
  expect(outcome("fault")?.value).toBe(0);
});

test("after a restart the levels are shown at once, and nothing that is fresh is audited again", async () => {
  await scrapeUntil(await start(), isAudited);
  await teardown.run();
  const before = await opened.db.selectFrom("audit").select("id").execute();
  const again = await start();
  expect(isAudited(await samplesOf(again))).toBe(true);
  await lab.setBehaviour("healthy", "http-500");
  const saved = await again.auditing.auditNow("healthy", "asked");
  const after = await opened.db.selectFrom("audit").select(["id", "trigger"]).execute();
  expect(after.filter(({ id }) => !before.some((old) => old.id === id))).toEqual([
    { id: saved.audit, trigger: "asked" },
  ]);
});

test("an audit that is asked for is stored and tells before and after", async () => {
  const observing = await start();
  await scrapeUntil(observing, isAudited);
  await lab.setBehaviour("healthy", { ip6: { tcp: "refuse" } });
  const broken = await observing.auditing.auditNow("healthy", "recheck");
  const verdictOf = (state: typeof broken.after) =>
    state.findings.find(({ check, family }) => check === "W1" && family === "ip6")?.verdict;
  expect([verdictOf(broken.before), verdictOf(broken.after)]).toEqual(["pass", "fail"]);
  await lab.setBehaviour("healthy", "healthy");
  const mended = await observing.auditing.auditNow("healthy", "recheck");
  expect([verdictOf(mended.before), verdictOf(mended.after)]).toEqual(["fail", "pass"]);
  const samples = await samplesOf(observing);
  expect(valuesOf(samples, "portal_ipv6_level")["healthy"]).toBe(3);
});

test("an audit of what is no portal is our own fault, not an audit", async () => {
  const { auditing } = await start();
  await expect(auditing.auditNow("nobody", "asked")).rejects.toThrow("There is no portal nobody");
});
