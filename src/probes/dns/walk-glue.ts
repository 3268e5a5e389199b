import type { Question } from "./message.ts";
import { valuesAt } from "./follow-chain.ts";
import { type ZoneAsker, askZone } from "./walk-ask.ts";
import type { WalkZone } from "./walk-zone.ts";

/** Servers whose glue is compared, of one delegation. */
const MAX_COMPARED = 8;

/** Compares the AAAA glue of a delegation with what the zone itself says of its servers' names. */
export async function compareGlue(zone: WalkZone, asker: ZoneAsker): Promise<WalkZone["glue"]> {
  if (zone.glue === "not_needed") return "not_needed";
  let result: WalkZone["glue"] = "consistent";
  const inZone = zone.servers.filter((server) => server.inZone).slice(0, MAX_COMPARED);
  for (const { name, glue6 } of inZone) {
    const question: Question = { name, type: "AAAA" };
    const told = await askZone(zone, question, asker);
    if (told === null || !told.reply.authoritative) {
      if (result === "consistent") result = "unknown";
      continue;
    }
    const own = valuesAt(told.reply.answers, name, "AAAA");
    if (own.length > 0 && glue6.length === 0) return "missing";
    if (own.join() !== glue6.join()) result = "differs";
  }
  return result;
}
