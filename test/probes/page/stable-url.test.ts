import { expect, test } from "vitest";
import { maskedUrl } from "../../../src/probes/page/index.ts";

test.each([
  [
    "https://sso.vn/auth?client_id=a&state=x1&nonce=y2",
    "https://sso.vn/auth?client_id=a&state=*&nonce=*",
  ],
  ["/login;jsessionid=AB12?p=1", "/login;jsessionid=*?p=1"],
  ["https://a.vn/(S(abcdef))/home", "https://a.vn/(*)/home"],
  ["?id=8f3a99c0d1e2f3a4b5#top", "?id=*#top"],
  ["?back=8f3a99c0%2Bd1e2f3a4b5%3D%3D", "?back=*"],
  [
    "https://a.vn/tin?lang=vi&back=https%3A%2F%2Fa.vn%2F",
    "https://a.vn/tin?lang=vi&back=https%3A%2F%2Fa.vn%2F",
  ],
  ["https://[bad", "https://[bad"],
])("what carries a session, a token or the time in %s is not kept: %s", (text, kept) => {
  expect(maskedUrl(text)).toBe(kept);
  expect(maskedUrl(kept)).toBe(kept);
});
