import type { Ctx } from "../../ports/ctx.ts";
import type { UploadProgress } from "./schema.ts";
import { requireUpload, toProgress } from "./upload-store.ts";

/** Which parts are there already: whoever was cut off goes on with the others. */
export async function getUpload(ctx: Ctx, { id }: { id: string }): Promise<UploadProgress> {
  const upload = await requireUpload(ctx, id);
  return toProgress(upload, upload.parts);
}
