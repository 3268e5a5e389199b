/** What a file is by its content. */
export type FileKind =
  | "empty"
  | "archive"
  | "encrypted_office"
  | "old_excel"
  | "old_word"
  | "office_binary"
  | "pdf"
  | "image"
  | "html"
  | "xml"
  | "json"
  | "rtf"
  | "compressed"
  | "program"
  | "text";

/** Beginnings of files that are no text, from their format descriptions. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly kind: FileKind }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: "archive" },
  { bytes: [0x50, 0x4b, 0x05, 0x06], kind: "archive" },
  { bytes: [0x50, 0x4b, 0x07, 0x08], kind: "archive" },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], kind: "pdf" },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: "image" },
  { bytes: [0xff, 0xd8, 0xff], kind: "image" },
  { bytes: [0x47, 0x49, 0x46, 0x38], kind: "image" },
  { bytes: [0x49, 0x49, 0x2a, 0x00], kind: "image" },
  { bytes: [0x4d, 0x4d, 0x00, 0x2a], kind: "image" },
  { bytes: [0x52, 0x49, 0x46, 0x46], kind: "image" },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], kind: "rtf" },
  { bytes: [0x1f, 0x8b], kind: "compressed" },
  { bytes: [0x52, 0x61, 0x72, 0x21], kind: "compressed" },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], kind: "compressed" },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: "compressed" },
  { bytes: [0x4d, 0x5a, 0x90], kind: "program" },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], kind: "program" },
];

/** The container of Office before 2007, and of today's Office files with a password ([MS-CFB] 2.2). */
const OLE2 = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** What a file is, from its first bytes (and, of Office containers, the names of their streams); never from its name. */
export function kindOf(bytes: Uint8Array): FileKind {
  if (startsWith(bytes, OLE2)) return officeKind(bytes);
  const known = SIGNATURES.find((each) => startsWith(bytes, each.bytes));
  if (known) return known.kind;
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1").replaceAll("\0", "");
  const text = head.replace(/^(?:ï»¿|ÿþ|þÿ)/, "").trimStart();
  if (text === "" && isBlank(bytes)) return "empty";
  if (/^<!doctype\s+html|^<(?:html|head|body|table|meta|div|style|script)[\s>]/i.test(text)) {
    return "html";
  }
  if (/^<\?xml|^<[a-z][\w:-]*[\s>]/i.test(text)) return /<html[\s>]/i.test(text) ? "html" : "xml";
  if (/^[{[]\s*(?:["{}[\]]|-?\d+\s*[,\]])/.test(text)) return "json";
  return "text";
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return bytes.length >= start.length && start.every((byte, at) => bytes[at] === byte);
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte <= 0x20 || byte === 0xff || byte === 0xfe || isUtf8Mark(byte));
}

function isUtf8Mark(byte: number): boolean {
  return byte === 0xef || byte === 0xbb || byte === 0xbf;
}

function officeKind(bytes: Uint8Array): FileKind {
  const container = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (stream: string) => container.includes(Buffer.from(`${stream}\0`, "utf16le"));
  if (has("EncryptedPackage")) return "encrypted_office";
  if (has("Workbook") || has("Book")) return "old_excel";
  if (has("WordDocument")) return "old_word";
  return "office_binary";
}
