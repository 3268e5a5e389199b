import { MAX_SHARED_TEXTS, MAX_SHARED_TEXT_BYTES } from "../limits.ts";
import { unsafe } from "../refusal.ts";
import { readXml } from "../xml.ts";
import { type Archive, inflate } from "../zip.ts";
import { ownCopy, TextOfRuns, unescapeControls } from "./runs.ts";

/** The texts that cells of an XLSX point to, without their formatting, in order. */
export async function readSharedTexts(
  archive: Archive,
  part: string | null,
): Promise<readonly string[]> {
  const entry = part === null ? undefined : archive.get(part);
  if (!entry) return [];
  if (entry.size > MAX_SHARED_TEXT_BYTES) {
    throw unsafe("part_too_large", { name: entry.name, bytes: entry.size });
  }
  const texts: string[] = [];
  const runs = new TextOfRuns(entry.name);
  await readXml(inflate(entry), entry.name, {
    open: (tag) => {
      if (tag === "si") runs.begin();
      else runs.open(tag);
    },
    text: (text) => runs.text(text),
    close: (tag) => {
      runs.close(tag);
      if (tag !== "si") return;
      texts.push(ownCopy(unescapeControls(runs.value)));
      if (texts.length > MAX_SHARED_TEXTS) {
        throw unsafe("too_many_texts", { limit: MAX_SHARED_TEXTS });
      }
    },
  });
  return texts;
}
