import { prismaAdapter } from "better-auth/adapters/prisma";
import { createAuthEndpoint } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { z } from "zod";
import { tooMany, upstream } from "../../kernel/errors.ts";
import type { Database } from "../../ports/database.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Credentials, IssuedSession, SessionIssuer } from "../../ports/session-issuer.ts";

export type SessionIssuerOptions = {
  prisma: Database["prisma"];
  secret: string;
  /** https makes the cookie Secure and gives it the __Secure- prefix. */
  baseUrl: URL;
  log: Logger;
};

/** Sessions end this long after sign-in, whatever happens in between. */
export const sessionLifeSeconds = 7 * 24 * 3600;

/** scrypt takes 60 ms and 16 MB each: beyond this many at once the next is asked to come back. */
const maxChecksAtOnce = 16;

/** better-auth behind our port: only these calls reach it, none of its own routes is mounted. */
export function buildSessionIssuer(options: SessionIssuerOptions): SessionIssuer {
  const auth = buildAuth(options);
  let checks = 0;
  return {
    issueForPassword: async (credentials, userAgent) => {
      if (checks >= maxChecksAtOnce) throw tooMany("Too many people are signing in at this moment.", 1);
      checks += 1;
      try {
        return await issueForPassword(auth, credentials, userAgent);
      } finally {
        checks -= 1;
      }
    },
    readToken: (headers) => auth.api.readSessionToken({ headers }),
    expireCookies: async () => {
      const { headers } = await auth.api.signOut({ headers: new Headers(), returnHeaders: true });
      return headers.getSetCookie();
    },
  };
}

type Auth = ReturnType<typeof buildAuth>;

function buildAuth({ prisma, secret, baseUrl, log }: SessionIssuerOptions) {
  return betterAuth({
    baseURL: baseUrl.origin,
    basePath: "/api/auth",
    secret,
    trustedOrigins: [baseUrl.origin],
    database: prismaAdapter(prisma, { provider: "postgresql", transaction: true }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    session: { expiresIn: sessionLifeSeconds, disableSessionRefresh: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: "console",
      useSecureCookies: baseUrl.protocol === "https:",
      // The console notes the address itself: it knows which proxies to believe.
      ipAddress: { disableIpTracking: true },
    },
    logger: { level: "error", log: (_level, message) => log.error({ library: "better-auth" }, message) },
    plugins: [{ id: "console", endpoints: { readSessionToken } }],
  });
}

const readSessionToken = createAuthEndpoint.serverOnly(
  { method: "GET", requireHeaders: true },
  async (ctx) => {
    const { name } = ctx.context.authCookies.sessionToken;
    return (await ctx.getSignedCookie(name, ctx.context.secret)) || null;
  },
);

async function issueForPassword(
  auth: Auth,
  body: Credentials,
  userAgent: string | null,
): Promise<IssuedSession | null> {
  const headers = new Headers(userAgent ? { "user-agent": userAgent.slice(0, 400) } : {});
  const response = await auth.api.signInEmail({ body, headers, asResponse: true });
  if (response.status === 400 || response.status === 401) return null;
  if (!response.ok) throw upstream("The sign-in library", new Error(await response.text()));
  const { token } = answerSchema.parse(await response.json());
  return { token, cookies: response.headers.getSetCookie() };
}

const answerSchema = z.object({ token: z.string() });
