import { z } from "zod";

export type S3Config = {
  bucket: string;
  endpoint: URL | null;
  region: string;
  prefix: string;
  credentials: { accessKeyId: string; secretAccessKey: string } | null;
};

/** Where objects are kept when it is not a folder; `S3_BUCKET` chooses it. */
export const s3Variables = {
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket")
    .optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" }).optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, "must be the name of a region")
    .optional(),
  S3_PREFIX: z
    .string()
    .regex(/^([a-z0-9-]+\/)+$/, "must be lower-case letters, digits and -, each part with a / behind it")
    .optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
};

export const usualS3Region = "us-east-1";

type Given = { [Name in keyof typeof s3Variables]?: string | undefined };

/** Null = a folder is used. */
export function s3ConfigOf(given: Given): S3Config | null {
  const { S3_BUCKET, S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = given;
  if (!S3_BUCKET) return null;
  return {
    bucket: S3_BUCKET,
    endpoint: S3_ENDPOINT ? new URL(S3_ENDPOINT) : null,
    region: given.S3_REGION ?? usualS3Region,
    prefix: given.S3_PREFIX ?? "",
    credentials:
      S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY
        ? { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY }
        : null,
  };
}

/** What is set without what belongs to it. */
export function missingForS3(given: Readonly<Record<string, string | undefined>>): string[] {
  const keys = ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"];
  const missing = keys.filter((name) => given[name] === undefined);
  const others = Object.keys(s3Variables).filter((name) => name !== "S3_BUCKET" && given[name] !== undefined);
  return [
    ...(missing.length === 1 ? [`${missing[0]} is missing; the other half of the key is set`] : []),
    ...(others.length > 0 && given.S3_BUCKET === undefined
      ? [`S3_BUCKET is missing; ${others.join(", ")} would have no effect`]
      : []),
  ];
}
