import type { S3Client } from "@aws-sdk/client-s3";
import { AppError, isAppError, upstream } from "../../kernel/errors.ts";

export type S3Place = { client: S3Client; bucket: string; keyOf(key: string): string };

const missing = ["NoSuchKey", "NoSuchUpload", "NotFound"];

/** Null where the store says that there is none. */
export function ifMissing(error: unknown): null {
  if (error instanceof Error && missing.includes(error.name)) return null;
  throw error;
}

/** What went wrong in our words; who gave up hears so. */
export async function answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (isAppError(error)) throw error;
    if (error instanceof Error && error.name === "AbortError") throw error;
    if (error instanceof Error && error.name === "NoSuchUpload") throw goneUpload();
    throw upstream("The object store", error);
  }
}

export function goneUpload(): AppError {
  return new AppError("not_found", "The parts of this upload are gone. Begin it again.");
}
