import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSecurityTxt } from "../../../src/probes/audit/security-txt.ts";

const CONTACT = "Contact: mailto:an-toan@co-quan.test\n";
const EXPIRES = "Expires: 2027-01-01T00:00:00+07:00\n";

describe("security.txt", () => {
  test("is present with a contact and one end", () => {
    expect(readSecurityTxt(`# Bịa\r\n${CONTACT}${EXPIRES}`)).toEqual({
      outcome: "present",
      contact: "mailto:an-toan@co-quan.test",
      expires: "2026-12-31T17:00:00.000Z",
    });
  });

  test.each([
    ["without an end", CONTACT],
    ["without a contact", EXPIRES],
    ["with two ends", CONTACT + EXPIRES + EXPIRES],
    ["with an end that is no instant", `${CONTACT}Expires: next year\n`],
  ])("is invalid %s", (_how, text) => {
    expect(readSecurityTxt(text).outcome).toBe("invalid");
  });

  test("is absent where the text is some other", () => {
    expect(readSecurityTxt("Không tìm thấy trang")).toEqual({
      outcome: "absent",
      contact: null,
      expires: null,
    });
  });

  test("is read whatever it holds, and what is kept of it is bounded", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 5000 }), (noise) => {
        const { contact } = readSecurityTxt(`contact:${noise}\n${noise}`);
        expect((contact ?? "").length).toBeLessThanOrEqual(300);
      }),
    );
  });
});
