import { beforeAll, beforeEach } from "vitest";
import { canListen } from "../../lab/ports.ts";
import type { Judgement } from "../../src/domain/judgement.ts";
import { createAudit } from "../../src/probes/audit/index.ts";
import { SERVER_ROWS } from "./rows/servers.ts";
import { openServers } from "./scenarios/servers.ts";
import { expectRows } from "./support/expect-rows.ts";
import { judgeAudits } from "./support/judge-audits.ts";
import { loopbackAuditOptions } from "./support/options.ts";

const ip6 = await canListen("::1");
let judged: Readonly<Record<string, Judgement>> = {};

beforeAll(async () => {
  if (!ip6) return;
  const { scenes, close } = await openServers();
  const audited = scenes.map(({ options, ...scene }) => {
    return { ...scene, audit: createAudit(loopbackAuditOptions(options)) };
  });
  judged = await judgeAudits(audited);
  for (const { audit } of audited) audit.close();
  await close();
}, 120_000);
beforeEach((context) => context.skip(!ip6, "no IPv6 loopback on this machine"));

expectRows("each throw-away server", SERVER_ROWS, () => judged);
