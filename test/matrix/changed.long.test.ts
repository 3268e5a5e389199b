import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import type { Judgement } from "../../src/domain/judgement.ts";
import { createAudit } from "../../src/probes/audit/index.ts";
import { NO_TURNS, labAuditOptions } from "../probes/audit/support/lab-audits.ts";
import { CHANGED_ROWS } from "./rows/changed.ts";
import { PLAYED, playChanges } from "./scenarios/changed.ts";
import { expectRows } from "./support/expect-rows.ts";
import { judgeAudits } from "./support/judge-audits.ts";

let lab: Lab;
let judged: Readonly<Record<string, Judgement>> = {};

beforeAll(async () => {
  lab = await startLab({ only: PLAYED });
  const audit = createAudit(labAuditOptions(lab, { turns: NO_TURNS }));
  const scenes = await playChanges(lab);
  judged = await judgeAudits(scenes.map((scene) => ({ ...scene, audit })));
  audit.close();
}, 120_000);
afterAll(() => lab.stop());
beforeEach((context) => context.skip(!lab.ip6, "no IPv6 loopback on this machine"));

expectRows("each changed lab portal", CHANGED_ROWS, () => judged);
