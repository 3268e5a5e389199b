import type { Room } from "./text/fit.ts";

/** How a short message is written: GSM 03.38 without diacritics, or UCS-2 with them. */
export type SmsEncoding = "gsm7" | "ucs2";

/** 3GPP TS 23.038 section 6.2.1, without ESC. */
const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Section 6.2.1.1: two septets each. */
const EXTENSION = new Set("\f^{}\\[~]|€");

/** Of what has no diacritic to lose. */
const REPLACED: Readonly<Record<string, string>> = {
  đ: "d",
  Đ: "D",
  "–": "-",
  "—": "-",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "•": "*",
  "…": "...",
  "\u00a0": " ",
};

/** A text in the letters that GSM 03.38 has: without Vietnamese diacritics, `?` for what it cannot say. */
export function withoutDiacritics(text: string): string {
  const plain = text.replaceAll(/[đĐ–—‘’“”•…\u00a0]/g, (found) => REPLACED[found] ?? found);
  const bare = plain.normalize("NFD").replaceAll(/\p{M}/gu, "");
  return Array.from(bare)
    .map((letter) => (BASIC.has(letter) || EXTENSION.has(letter) ? letter : "?"))
    .join("");
}

/** Units of one message alone, and of each of several (3GPP TS 23.040 section 9.2.3.24.1: six octets say which). */
const SIZES = { gsm7: { alone: 160, each: 153 }, ucs2: { alone: 70, each: 67 } } as const;

/** How many messages a text takes; no character is split between two. */
export function segmentsOf(text: string, encoding: SmsEncoding): number {
  const { alone, each } = SIZES[encoding];
  const widths = Array.from(text).map((letter) =>
    encoding === "ucs2" ? letter.length : EXTENSION.has(letter) ? 2 : 1,
  );
  const whole = widths.reduce((sum, width) => sum + width, 0);
  if (whole <= alone) return 1;
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > each) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return segments;
}

/** Room for so many messages. */
export function smsRoom(encoding: SmsEncoding, maxSegments: number): Room {
  return {
    fits: (text) => segmentsOf(text, encoding) <= maxSegments,
    write: (text) => (encoding === "gsm7" ? withoutDiacritics(text) : text.normalize("NFC")),
  };
}
