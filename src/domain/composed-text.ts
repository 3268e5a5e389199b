/**
 * Marks on one letter: no writing has more than 30, which the Stream-Safe Text Format (UAX #15) allows, and normalising
 * a run of them takes time by its square.
 */
const MARKS = /(\p{M}{30})\p{M}+/gu;

/** A text in which joined and separate marks are written the same (NFC), in time linear in its length. */
export function composed(text: string): string {
  return text.replaceAll(MARKS, "$1").normalize("NFC");
}
