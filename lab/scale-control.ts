import { z } from "zod";
import {
  type ControlApi,
  DONE,
  type Handled,
  notFound,
  startControlServer,
} from "./control-server.ts";
import type { ScaleLab } from "./scale-types.ts";

const brokenBody = z.strictObject({ broken: z.boolean() });
const networkBody = z.strictObject({
  drops: z.strictObject({ ratio: z.number().min(0).max(1), seed: z.int() }).optional(),
  cut: z.boolean().optional(),
});

/** Starts the control API of a scale lab on any port; `lab` is asked at each request. */
export function startScaleControl(lab: () => ScaleLab): Promise<ControlApi> {
  return startControlServer(0, (method, path, body) => handle(lab(), method, path, body));
}

async function handle(
  lab: ScaleLab,
  method: string,
  [what, id]: readonly string[],
  body: () => Promise<unknown>,
): Promise<Handled> {
  const call = `${method} /${what}`;
  if (call === "GET /counts") return { status: 200, body: lab.counts() };
  if (call === "PUT /portals" && id !== undefined) {
    if (!lab.portals.some((portal) => portal.id === id)) return notFound(`no portal "${id}"`);
    await lab.setBroken(id, brokenBody.parse(await body()).broken);
    return DONE;
  }
  if (call === "PUT /network") {
    const { drops, cut } = networkBody.parse(await body());
    if (drops !== undefined) lab.setDrops(drops);
    if (cut !== undefined) await lab.setCut(cut);
    return DONE;
  }
  return notFound("GET /counts, PUT /portals/{id}, PUT /network");
}
