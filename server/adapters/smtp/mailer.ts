import { createTransport } from "nodemailer";
import { conflict, upstream } from "../../kernel/errors.ts";
import type { Mailer } from "../../ports/mailer.ts";

/** `url` is smtp:// or smtps://, with user and password where the server asks for them. */
export type SmtpOptions = { url: string; from: string };

const timeoutMs = 10_000;

export function buildMailer(options: SmtpOptions | null): Mailer {
  if (options === null) {
    const missing = () => Promise.reject(conflict("No server for mail is configured (SMTP_URL)."));
    return { isConfigured: false, send: missing };
  }
  const limits = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  const { hostname, port, protocol, username, password } = new URL(options.url);
  const transport = createTransport({
    host: hostname,
    port: Number(port || (protocol === "smtps:" ? 465 : 587)),
    secure: protocol === "smtps:",
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    ...limits,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    isConfigured: true,
    send: async (mail) => {
      try {
        await transport.sendMail({ from: options.from, ...mail });
      } catch (error) {
        throw upstream("The server for mail", error);
      }
    },
  };
}
