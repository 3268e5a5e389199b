import { secureHeaders } from "hono/secure-headers";

/**
 * What browsers are told with every answer: nothing is loaded from elsewhere, nothing is framed, no script or style
 * stands in a page itself. No CORS headers: other sites' pages may not read the API; /geo/ alone has its own. Whether HTTPS is compulsory
 * (HSTS) is for the proxy that ends TLS.
 */
export const securityHeaders = () =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: "DENY",
    // Not `no-referrer`: our own forms would send `Origin: null` then (Fetch standard), and nothing of ours could tell.
    referrerPolicy: "same-origin",
    strictTransportSecurity: false,
  });
