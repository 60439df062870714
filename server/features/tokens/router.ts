import { adminProcedure, ownProcedure, router } from "../../trpc/init.ts";
import { createToken } from "./create-token.ts";
import { listAllTokens, listOwnTokens } from "./list-tokens.ts";
import { revokeOwnToken, revokeTokenOf } from "./revoke-token.ts";
import { rotateToken } from "./rotate-token.ts";
import * as schema from "./schema.ts";

export const tokensRouter = router({
  listOwn: ownProcedure
    .input(schema.listTokensInput)
    .output(schema.tokenPageSchema)
    .query(({ ctx, input }) => listOwnTokens(ctx, input)),
  create: ownProcedure
    .meta({ audit: "token.create" })
    .input(schema.createTokenInput)
    .output(schema.newTokenSchema)
    .mutation(({ ctx, input }) => createToken(ctx, input)),
  rotate: ownProcedure
    .meta({ audit: "token.rotate" })
    .input(schema.rotateTokenInput)
    .output(schema.newTokenSchema)
    .mutation(({ ctx, input }) => rotateToken(ctx, input)),
  revokeOwn: ownProcedure
    .meta({ audit: "token.revoke" })
    .input(schema.revokeTokenInput)
    .output(schema.tokenSchema)
    .mutation(({ ctx, input }) => revokeOwnToken(ctx, input)),
  listAll: adminProcedure
    .input(schema.listTokensInput)
    .output(schema.tokenPageSchema)
    .query(({ ctx, input }) => listAllTokens(ctx, input)),
  revokeOf: adminProcedure
    .meta({ audit: "token.revoke" })
    .input(schema.revokeTokenInput)
    .output(schema.tokenSchema)
    .mutation(({ ctx, input }) => revokeTokenOf(ctx, input)),
});
