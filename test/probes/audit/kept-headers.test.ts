import { expect, test } from "vitest";
import { keptHeaders } from "../../../src/probes/audit/kept-headers.ts";

const policy = (nonce: string) => ({
  "content-security-policy": `script-src 'self' 'nonce-${nonce}'; report-uri /csp?token=${nonce}`,
});

test("what a policy has anew in every answer is not kept, so that equal answers are equal facts", () => {
  const kept = keptHeaders(policy("r4nd0mAAAA"));
  expect(kept).toEqual(keptHeaders(policy("BBBBr4nd0m")));
  expect(kept).toEqual({
    "content-security-policy": ["script-src 'self' 'nonce-*'; report-uri /csp?token=*"],
  });
});

test("other headers are kept as they came", () => {
  const hsts = { "strict-transport-security": "max-age=31536000; t=1; includeSubDomains" };
  expect(keptHeaders(hsts)).toEqual({
    "strict-transport-security": [hsts["strict-transport-security"]],
  });
});
