import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach } from "vitest";
import type { Judgement } from "../../src/domain/judgement.ts";
import { inNamespace, whyNoNamespace } from "../support/network-namespace.ts";
import { DELEGATION_ROWS } from "./rows/delegation.ts";
import { ADDRESSES } from "./scenarios/delegation.ts";
import { expectRows } from "./support/expect-rows.ts";

const why = await whyNoNamespace();
let judged: Readonly<Record<string, Judgement>> = {};

beforeAll(async () => {
  if (why !== null) return;
  const play = fileURLToPath(new URL("delegation.play.ts", import.meta.url));
  const { code, stdout, stderr } = await inNamespace(ADDRESSES, [process.execPath, play]);
  if (code !== 0 || stderr !== "") throw new Error(`the play ended with ${code}: ${stderr}`);
  judged = JSON.parse(stdout);
}, 120_000);
beforeEach((context) => {
  if (why !== null) context.skip(`no network namespace here: ${why}`);
});

expectRows("a portal below each made-up root", DELEGATION_ROWS, () => judged);
