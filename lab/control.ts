import { z } from "zod";
import { FAMILIES } from "../src/domain/family.ts";
import { behaviourChangeSchema } from "./behaviour.ts";
import { CATALOGUE } from "./catalogue/all.ts";
import {
  type ControlApi,
  DONE,
  type Handled,
  notFound,
  startControlServer,
} from "./control-server.ts";
import type { Lab } from "./types.ts";

/** The id of the portal to behave like, or what differs from health. */
const behaviourBody = z.union([z.enum(CATALOGUE.map(({ id }) => id)), behaviourChangeSchema]);
const resolverBody = z.strictObject({
  mode: z.enum(["ok", "servfail", "timeout", "refused", "nxdomain", "down"]).optional(),
  dns64: z.boolean().optional(),
});
const anchorsBody = z.strictObject({
  family: z.enum(FAMILIES),
  mode: z.enum(["answering", "refusing", "dead", "captive", "intercepted"]),
});

/** Starts the control API of a lab (port 0: any); `lab` is asked at each request. */
export function startControl(port: number, lab: () => Lab): Promise<ControlApi> {
  return startControlServer(port, (method, path, body) => handle(lab(), method, path, body));
}

async function handle(
  lab: Lab,
  method: string,
  [what, id, part]: readonly string[],
  body: () => Promise<unknown>,
): Promise<Handled> {
  const call = `${method} /${what}`;
  if (call === "GET /portals" && id === undefined) return { status: 200, body: lab.portals };
  if (call === "PUT /portals" && id !== undefined && part === "behaviour") {
    if (!lab.portals.some((portal) => portal.id === id)) return notFound(`no portal "${id}"`);
    await lab.setBehaviour(id, behaviourBody.parse(await body()));
    return DONE;
  }
  if (call === "PUT /resolver") {
    const { mode, dns64 } = resolverBody.parse(await body());
    if (mode !== undefined) await lab.setResolver(mode);
    if (dns64 !== undefined) lab.setDns64(dns64);
    return DONE;
  }
  if (call === "PUT /anchors") {
    const { family, mode } = anchorsBody.parse(await body());
    await lab.setAnchors(family, mode);
    return DONE;
  }
  return notFound("GET /portals, PUT /portals/{id}/behaviour, PUT /resolver, PUT /anchors");
}
