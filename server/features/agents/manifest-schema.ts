import { z } from "zod";

// What a bundle says of itself: `manifest.json`. Vocabulary of Cere's agents (CEF-AI/cef-plugins, skill develop). Strict:
// a key that nobody reads is a misspelt one. Times are whole seconds.

const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what it refuses
    .regex(/^[^\u0000-\u001f]*$/, "Must be one line of text.");
const idSchema = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,62}$/,
    "Must begin with a letter, then letters, digits, _ or -, at most 63.",
  );
const identifierSchema = z
  .string()
  .regex(/^[A-Za-z_$][\w$]{0,99}$/, "Must be the name of something that the bundle exports.");
const eventTypeSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, "Must be an event type in lower case, such as meeting.ended.");
const scopeSchema = z
  .string()
  .regex(/^[a-z][a-z0-9._:-]{0,62}$/, "Must be the name of a scope in lower case, such as vault.read.");
export const aliasSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    "Must be lower-case letters, digits and -, at most 63, beginning with a letter or digit.",
  );

const semver =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(\+[\dA-Za-z-]+(\.[\dA-Za-z-]+)*)?$/;
export const semverSchema = z
  .string()
  .max(80)
  .regex(semver, "Must be a version as semver.org writes it, such as 2.4.1.");

const about = { title: line(120).optional(), description: z.string().max(2_000).optional() };
const choices = z.array(line(200)).min(1).max(100);

/** A value that can be set: its type, its bounds and what it is when nobody sets it. */
export const fieldSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("string"),
    default: z.string().max(10_000).optional(),
    enum: choices.optional(),
    maxLength: z.int().min(1).max(10_000).optional(),
    ...about,
  }),
  z.strictObject({
    type: z.literal("integer"),
    default: z.int().optional(),
    minimum: z.int().optional(),
    maximum: z.int().optional(),
    unit: line(20).optional(),
    ...about,
  }),
  z.strictObject({
    type: z.literal("number"),
    default: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    unit: line(20).optional(),
    ...about,
  }),
  z.strictObject({ type: z.literal("boolean"), default: z.boolean().optional(), ...about }),
  z.strictObject({
    type: z.literal("set"),
    enum: choices,
    default: z.array(z.string()).max(100).optional(),
    ...about,
  }),
]);

const secretSchema = z.strictObject({
  type: z.literal("secret"),
  required: z.boolean().default(false),
  ...about,
});

const recordOf = <Value extends z.ZodType>(value: Value, max: number) =>
  z
    .record(idSchema, value)
    .refine((fields) => Object.keys(fields).length <= max, `At most ${max} are allowed.`);

/** Which event goes to which exported function. */
const engagementSchema = z.strictObject({
  id: idSchema,
  event: eventTypeSchema,
  handler: identifierSchema,
  /** A record of a SET may switch it off or on (`engagements` there). */
  enabled: z.boolean().default(true),
  timeout: z.int().min(1).max(600).optional(),
  description: z.string().max(2_000).optional(),
});

const handlerSchema = z.strictObject({
  timeout: z.int().min(1).max(600).default(30),
  memoryMiB: z.int().min(16).max(4_096).default(128),
  description: z.string().max(2_000).optional(),
});

const cubbySchema = z.strictObject({
  id: idSchema,
  /** How many migrations lead to its present schema; they do not go back by themselves. */
  migrations: z.int().min(0).max(10_000).default(0),
  description: z.string().max(2_000).optional(),
});

const widgetSchema = z.strictObject({
  id: idSchema,
  title: line(120),
  kind: z.enum(["text", "table", "chart", "form", "html"]),
  handler: identifierSchema.optional(),
  description: z.string().max(2_000).optional(),
});

export const manifestSchema = z.strictObject({
  $schema: z.string().max(500).optional(),
  alias: aliasSchema,
  version: semverSchema,
  title: line(120).optional(),
  description: z.string().max(2_000).default(""),
  /** The file that is executed, an ES module. */
  entry: line(200).default("bundle.js"),
  requiredScopes: z.array(scopeSchema).min(1).max(50).default(["default"]),
  /** Seconds without an event after which a connection is closed. */
  idleTimeout: z.int().min(10).max(3_600).default(120),
  engagements: z.array(engagementSchema).min(1).max(200),
  /** Limits of exported functions; one that is not named has the defaults. */
  handlers: z
    .record(identifierSchema, handlerSchema)
    .refine((handlers) => Object.keys(handlers).length <= 200, "At most 200 are allowed.")
    .default({}),
  cubbies: z.array(cubbySchema).max(50).default([]),
  /** A record of a deployment SET may set these. */
  params: recordOf(fieldSchema, 200).default({}),
  /** Hot configuration, one revision an environment; secrets are written and never read back. */
  settings: recordOf(z.discriminatedUnion("type", [...fieldSchema.options, secretSchema]), 200).default({}),
  /** JSON Schema of an event's payload, by its type. */
  eventSchemas: z.record(eventTypeSchema, z.record(z.string(), z.json())).default({}),
  widgets: z.array(widgetSchema).max(50).default([]),
  /** Hosts that handlers may fetch from; nothing else of the network is open to them. */
  allowedHosts: z
    .array(z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "Must be a host name in lower case."))
    .max(50)
    .default([]),
});
export type Manifest = z.output<typeof manifestSchema>;
