import type { ReadFile } from "../../contract.ts";
import { createKeeper } from "../kept-rows.ts";
import { fault, Refusal } from "../refusal.ts";
import { SampleTaker } from "../sample.ts";
import { textRows } from "./csv.ts";
import { delimiterOf } from "./delimiter.ts";
import { detectEncoding, type Detected } from "./detect.ts";
import { decodeText } from "./encodings.ts";
import { garbled } from "./garbled.ts";

/** Characters that the separator is told from. */
const HEAD_CHARACTERS = 64 * 1024;

/** Characters of text that are shown with a guess. */
const SHOWN_CHARACTERS = 120;

/** A text file as one sheet without a name; goes through it once, so that what is broken is refused at once. */
export async function openText(name: string, bytes: Uint8Array): Promise<ReadFile> {
  const detected = detectEncoding(bytes);
  const text = bytes.subarray(detected.mark);
  const head = await headOf(text, detected);
  const table = { bytes: text, encoding: detected.encoding, delimiter: delimiterOf(head) };
  const rows = createKeeper()(() => textRows(table), text.length);
  const sample = new SampleTaker();
  for await (const row of rows()) sample.take(row.cells);
  const wrong = garbled(sample.text);
  if (wrong) throw new Refusal(wrong);
  const shown = (sample.text || head).replace(/\s+/g, " ").slice(0, SHOWN_CHARACTERS);
  return {
    name,
    format: "csv",
    encoding: { name: detected.encoding, guessed: detected.guessed, sample: shown },
    sheets: [{ name: null, merges: [], rows }],
    faults: detected.guessed
      ? [
          fault("V15", "warn", "guessed_encoding", {
            encoding: detected.encoding,
            sample: shown,
          }),
        ]
      : [],
  };
}

async function headOf(bytes: Uint8Array, { encoding }: Detected): Promise<string> {
  let head = "";
  try {
    for await (const piece of decodeText(bytes, encoding)) {
      head += piece;
      if (head.length >= HEAD_CHARACTERS) break;
    }
  } catch (cause) {
    if (cause instanceof TypeError) throw new Refusal(fault("V15", "reject_file", "broken_utf16"));
    throw cause;
  }
  return head.slice(0, HEAD_CHARACTERS);
}
