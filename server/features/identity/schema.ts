import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";
import { roles } from "../../kernel/roles.ts";
import { maxPasswordLength, minPasswordLength } from "./password-rules.ts";

export const environmentNames = ["dev", "staging", "prod"] as const;

/** PostgreSQL has no place for U+0000. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/);
const id = text(64).min(1);
const reason = text(500).trim().default("");
export const emailSchema = z.email().max(254).toLowerCase();
export const nameSchema = text(80).trim().min(1);
export const newPasswordSchema = z
  .string()
  .min(minPasswordLength, `A password has at least ${minPasswordLength} characters.`)
  .max(maxPasswordLength, `A password has at most ${maxPasswordLength} characters.`);

export const grantSchema = z.object({
  role: z.enum(roles),
  /** Null = on every network. */
  network: z.enum(networkNames).nullable(),
  /** Null = in every environment. */
  environment: z.enum(environmentNames).nullable(),
});
const grantsSchema = z.array(grantSchema).max(30);

export const preferencesSchema = z.object({
  theme: z.enum(["system", "dark", "light"]),
  /** Which clock times are shown on. */
  zone: z.enum(["utc", "local"]),
  /** 1,234.5, 1.234,5 or 1 234.5. */
  numbers: z.enum(["comma", "point", "space"]),
  /** How high the rows of tables are. */
  density: z.enum(["normal", "compact"]),
});
export type Preferences = z.output<typeof preferencesSchema>;
/** What is left out stays as it was. */
export const updatePreferencesInput = preferencesSchema.partial();
export type UpdatePreferencesInput = z.output<typeof updatePreferencesInput>;

export const meSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  grants: z.array(grantSchema),
  preferences: preferencesSchema,
});
export type Me = z.output<typeof meSchema>;

export const wayKinds = ["password", "wallet", "oidc"] as const;

export const sessionSchema = z.object({
  id: z.string(),
  /** The session that asks. */
  isCurrent: z.boolean(),
  /** "Firefox, Linux" as the browser says; null when it says nothing known. */
  device: z.string().nullable(),
  address: z.string().nullable(),
  way: z.enum(wayKinds),
  createdAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type SessionRow = z.output<typeof sessionSchema>;
export const sessionPageSchema = z.object({ rows: z.array(sessionSchema), next: z.string().nullable() });

/** Invited: without a way to sign in yet. */
export const personStates = ["active", "invited", "deactivated"] as const;

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  state: z.enum(personStates),
  grants: z.array(grantSchema),
  /** Ways to sign in: "password", later names of identity providers. */
  ways: z.array(z.string()),
  /** An authenticator app, set up and confirmed here; what an identity provider asks is its own affair. */
  hasSecondFactor: z.boolean(),
  sessions: z.int(),
  seenAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
  /** Until when a link works that sets the password; null = there is none that works. */
  linkExpiresAt: z.iso.datetime().nullable(),
});
export type Person = z.output<typeof personSchema>;
export const personPageSchema = z.object({ rows: z.array(personSchema), next: z.string().nullable() });

/** A link with which a person sets the password; shown once, only its hash is kept. */
export const passwordLinkSchema = z.object({ path: z.string(), expiresAt: z.iso.datetime() });
export type PasswordLink = z.output<typeof passwordLinkSchema>;

/** What became of a link that was to go by mail. One that no server took has to be handed over. */
export const mailedLinkSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("mailed"), to: z.string(), expiresAt: z.iso.datetime() }),
  z.object({ kind: z.literal("not mailed"), why: z.string(), link: passwordLinkSchema }),
]);
export type MailedLink = z.output<typeof mailedLinkSchema>;
export const linkWaysSchema = z.object({ canMail: z.boolean() });

const pageInput = { cursor: text(500).nullish(), limit: z.int().min(1).max(200).default(50) };

export const listPeopleInput = z.object({ search: text(100).nullish(), ...pageInput });
export const listSessionsInput = z.object(pageInput);
export const listSessionsOfInput = z.object({ personId: id, ...pageInput });
export const personInput = z.object({ personId: id });
export const personReasonInput = z.object({ personId: id, reason });
export const revokeSessionInput = z.object({ sessionId: id });
/** Without `sessionId`: all of the person's sessions. */
export const revokeSessionsOfInput = z.object({ personId: id, sessionId: id.nullish(), reason });
export const createPersonInput = z.object({
  name: nameSchema,
  email: emailSchema,
  grants: grantsSchema,
  /** The password that the admin hands over; without one, a link is made with which the person sets it. */
  password: newPasswordSchema.nullish(),
});
export const invitePersonInput = createPersonInput.omit({ password: true });
export const invitedPersonSchema = z.object({ person: personSchema, mail: mailedLinkSchema });
export const createPersonOutput = z.object({ person: personSchema, link: passwordLinkSchema.nullable() });
export const updateGrantsInput = z.object({ personId: id, grants: grantsSchema, reason });
export const changePasswordInput = z.object({
  current: z.string().max(maxPasswordLength),
  next: newPasswordSchema,
});
export const passwordChangedSchema = z.object({ sessionsEnded: z.int() });
export const revokedSchema = z.object({ ended: z.int() });
export const setPasswordByLinkInput = z.object({ secret: text(200).min(1), password: newPasswordSchema });
export const signInInput = z.object({
  email: emailSchema,
  password: z.string().min(1).max(maxPasswordLength),
});

/** One way to sign in of one's own. */
export const waySchema = z.object({
  id: z.string(),
  kind: z.enum(wayKinds),
  /** The account's address, or how the provider calls the person. */
  detail: z.string().nullable(),
  since: z.iso.datetime(),
});
export const ownWaysSchema = z.object({
  ways: z.array(waySchema),
  secondFactor: z.object({ since: z.iso.datetime(), recoveryLeft: z.int() }).nullable(),
  /** Null where no identity provider is configured. */
  providerName: z.string().nullable(),
});
export type OwnWays = z.output<typeof ownWaysSchema>;
export const unlinkWayInput = z.object({ wayId: id });
export const unlinkedSchema = z.object({ left: z.int() });

/** `qr`: rows of the code, "1" is dark. */
export const begunSecondFactorSchema = z.object({
  secret: z.string(),
  uri: z.string(),
  qr: z.array(z.string()),
});
export type BegunSecondFactor = z.output<typeof begunSecondFactorSchema>;
const secondFactorCode = text(40).min(6);
export const secondFactorCodeInput = z.object({ code: secondFactorCode });
export type SecondFactorCode = z.output<typeof secondFactorCodeInput>;
export const secondFactorStateSchema = z.object({ isOn: z.boolean() });
/** Told once. */
export const recoveryCodesSchema = z.object({ codes: z.array(z.string()) });
export type RecoveryCodes = z.output<typeof recoveryCodesSchema>;

/** The bodies of /api/auth. */
export const secondFactorInput = z.object({ challenge: text(200).min(1), code: secondFactorCode });
export const walletStartInput = z.object({ address: text(120).min(1), isLink: z.boolean().default(false) });
export const walletProofInput = z.object({ message: text(2_000).min(1), signature: text(200).min(1) });
export const providerStartInput = z.object({
  returnTo: text(1_000).default("/"),
  isLink: z.boolean().default(false),
});
export const resetInput = z.object({ email: emailSchema });

export const provisionedPerson = z.object({
  name: nameSchema,
  email: emailSchema,
  password: newPasswordSchema,
  grants: grantsSchema,
});
export const provisionedPeople = z.array(provisionedPerson);
