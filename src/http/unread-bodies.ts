import type { MiddlewareHandler } from "hono";

/**
 * Ends the connection after a refusal that did not read the request's body (RFC 9110 section 9.3.1 lets a server):
 * what is still on its way would be taken for the next request, and reading it only to throw it away is work that
 * anyone could order.
 */
export const closeOnUnreadBody: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.req.raw;
  const hasBody =
    headers.has("transfer-encoding") || Number(headers.get("content-length") ?? 0) > 0;
  if (hasBody && c.res.status >= 400 && !c.req.raw.bodyUsed) {
    c.res.headers.set("Connection", "close");
  }
};
