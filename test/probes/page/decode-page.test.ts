import { describe, expect, test } from "vitest";
import { decodePage } from "../../../src/probes/page/decode-page.ts";

const decode = (body: string | number[] | Buffer, contentType = "text/html", cut = false) =>
  decodePage(Buffer.from(body as string), contentType, cut);

/** "Việt" in windows-1258: the dot below follows its letter. */
const VIET_1258 = Buffer.from([0x56, 0x69, 0xea, 0xf2, 0x74]);
const META_1258 = `<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">`;

describe("a page is decoded", () => {
  test("by its byte order mark before anything that it declares", () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Hà Nội", "utf16le")]);
    expect(decode(utf16, "text/html; charset=utf-8")).toEqual({
      text: "Hà Nội",
      encoding: "utf-16le",
      faults: false,
    });
    expect(decode([0xef, 0xbb, 0xbf, 0x41], "text/html; charset=gbk").text).toBe("A");
  });

  test("by the charset of its Content-Type before that of its meta element", () => {
    const body = Buffer.from(`${META_1258}Hà Nội`);
    expect(decode(body, `text/html;CHARSET="UTF-8"`)).toMatchObject({
      encoding: "utf-8",
      faults: false,
    });
    expect(decode(body, `text/html;CHARSET="UTF-8"`).text).toContain("Hà Nội");
  });

  test("by its meta element, of either form", () => {
    const old = Buffer.concat([Buffer.from(META_1258), VIET_1258]);
    expect(decode(old)).toMatchObject({ encoding: "windows-1258", faults: false });
    expect(decode(old).text.normalize("NFC")).toMatch(/Việt$/);
    expect(decode(`<!-- <meta charset=gbk> --><meta charset='utf-8'>`).encoding).toBe("utf-8");
  });

  test("as UTF-8 where a meta element claims UTF-16, which it could not be read in", () => {
    expect(decode("<meta charset=utf-16le>Hà Nội")).toMatchObject({ encoding: "utf-8" });
  });

  test("as UTF-8 where nothing is declared and the bytes are", () => {
    expect(decode("<p>Hà Nội")).toEqual({ text: "<p>Hà Nội", encoding: "utf-8", faults: false });
  });

  test("as windows-1252, with faults, where nothing known is declared and it is no UTF-8", () => {
    const odd = Buffer.from([0x93, 0x48, 0xe0, 0x94]);
    const read = { text: "“Hà”", encoding: "windows-1252", faults: true };
    expect(decode(odd)).toEqual(read);
    expect(decode(odd, "text/html; charset=x-viet-tcvn5712")).toEqual(read);
    expect(decode(odd, "text/html; charset=utf-7")).toEqual(read);
  });

  test("as UTF-8, with faults, where a name that nobody knows stands for it", () => {
    expect(decode("Hà Nội", "text/html; charset=utf8mb4")).toEqual({
      text: "Hà Nội",
      encoding: "utf-8",
      faults: true,
    });
  });

  test("with faults where bytes are not valid in what was declared", () => {
    expect(decode(VIET_1258, "text/html; charset=utf-8")).toMatchObject({
      encoding: "utf-8",
      faults: true,
    });
  });

  test("without faults where it was cut within a character", () => {
    const whole = Buffer.from("Việt");
    expect(decode(whole.subarray(0, 4), "text/html; charset=utf-8", true)).toEqual({
      text: "Vi",
      encoding: "utf-8",
      faults: false,
    });
    expect(decode(whole.subarray(0, 4), "text/html; charset=utf-8").faults).toBe(true);
  });
});
