import { prismaAdapter } from "better-auth/adapters/prisma";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { betterAuth } from "better-auth/minimal";
import { z } from "zod";
import { tooMany } from "../../kernel/errors.ts";
import type { Database } from "../../ports/database.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Credentials, SessionIssuer } from "../../ports/session-issuer.ts";

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
    checkPassword: async (credentials) => {
      if (checks >= maxChecksAtOnce) throw tooMany("Too many people are signing in at this moment.", 1);
      checks += 1;
      try {
        return await checkPassword(options.prisma, credentials);
      } finally {
        checks -= 1;
      }
    },
    issue: async (userId, userAgent) => {
      const headers = new Headers(userAgent ? { "user-agent": userAgent.slice(0, 400) } : {});
      const answer = await auth.api.issueSession({ body: { userId }, headers, returnHeaders: true });
      return { token: answer.response.token, cookies: answer.headers.getSetCookie() };
    },
    readToken: (headers) => auth.api.readSessionToken({ headers }),
    expireCookies: async () => {
      const { headers } = await auth.api.signOut({ headers: new Headers(), returnHeaders: true });
      return headers.getSetCookie();
    },
  };
}

/** An address that nobody has costs as much time as a wrong password. */
async function checkPassword(
  prisma: Database["prisma"],
  { email, password }: Credentials,
): Promise<string | null> {
  const account = await prisma.account.findFirst({ where: { providerId: "credential", user: { email } } });
  if (!account?.password) {
    await hashPassword(password);
    return null;
  }
  return (await verifyPassword({ hash: account.password, password })) ? account.userId : null;
}

function buildAuth({ prisma, secret, baseUrl, log }: SessionIssuerOptions) {
  return betterAuth({
    baseURL: baseUrl.origin,
    basePath: "/api/auth",
    secret,
    trustedOrigins: [baseUrl.origin],
    database: prismaAdapter(prisma, { provider: "postgresql", transaction: true }),
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
    plugins: [{ id: "console", endpoints: { readSessionToken, issueSession } }],
  });
}

const readSessionToken = createAuthEndpoint.serverOnly(
  { method: "GET", requireHeaders: true },
  async (ctx) => {
    const { name } = ctx.context.authCookies.sessionToken;
    return (await ctx.getSignedCookie(name, ctx.context.secret)) || null;
  },
);

const issueSession = createAuthEndpoint.serverOnly(
  { method: "POST", requireHeaders: true, body: z.object({ userId: z.string() }) },
  async (ctx) => {
    const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId);
    if (!user) throw new Error("A session was asked for somebody who is not there.");
    const session = await ctx.context.internalAdapter.createSession(user.id, false);
    await setSessionCookie(ctx, { session, user });
    return { token: session.token };
  },
);
