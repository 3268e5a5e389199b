import { connect } from "node:net";
import { startLab } from "../../lab/index.ts";

/**
 * Starts a whole lab, uses what holds threads and timers, stops it, and prints what is left. Nothing ends this
 * process: it ends by itself only when the lab has left nothing.
 */
const lab = await startLab();
await lab.setBehaviour("healthy", "dead");
await lab.setAnchors("ip6", "dead");
await lab.setResolver("down");
const held = connect({ host: "::1", port: Number(new URL(lab.portal("tls-silent").url).port) });
await new Promise<void>((resolve) => void held.once("connect", () => resolve()));
const cut = new Promise<void>((resolve) => void held.once("close", () => resolve()));
held.resume();
await lab.stop();
await lab.stop();
await cut;

// A closed handle is gone only some turns of the event loop after its callback.
const TURNS = 100;
const left = () => process.getActiveResourcesInfo().filter((what) => what !== "PipeWrap");
for (let turn = 0; turn < TURNS && left().length > 0; turn += 1) {
  await new Promise((resolve) => setImmediate(resolve));
}
process.stdout.write(JSON.stringify({ portals: lab.portals.length, left: left() }));
