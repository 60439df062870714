import { adminProcedure, ownProcedure, router } from "../../trpc/init.ts";
import { beginSecondFactor } from "./begin-second-factor.ts";
import { changePassword } from "./change-password.ts";
import { removeSecondFactor, renewRecoveryCodes } from "./change-second-factor.ts";
import { confirmSecondFactor } from "./confirm-second-factor.ts";
import { createPasswordLink } from "./create-password-link.ts";
import { createPerson } from "./create-person.ts";
import { disablePerson } from "./disable-person.ts";
import { enablePerson } from "./enable-person.ts";
import { getMe } from "./get-me.ts";
import { invitePerson, mailPasswordLink } from "./invite-person.ts";
import { listOwnSessions } from "./list-own-sessions.ts";
import { listOwnWays } from "./list-own-ways.ts";
import { listPeople } from "./list-people.ts";
import { listSessionsOf } from "./list-sessions-of.ts";
import { revokeOtherSessions } from "./revoke-other-sessions.ts";
import { revokeOwnSession } from "./revoke-own-session.ts";
import { revokePasswordLink } from "./revoke-password-link.ts";
import { revokeSessionsOf } from "./revoke-sessions-of.ts";
import * as schema from "./schema.ts";
import { unlinkWay } from "./unlink-way.ts";
import { updateGrants } from "./update-grants.ts";
import { updatePreferences } from "./update-preferences.ts";

export const identityRouter = router({
  me: ownProcedure.output(schema.meSchema).query(({ ctx }) => getMe(ctx)),
  updatePreferences: ownProcedure
    .meta({ audit: "preferences.update" })
    .input(schema.updatePreferencesInput)
    .output(schema.preferencesSchema)
    .mutation(({ ctx, input }) => updatePreferences(ctx, input)),
  changePassword: ownProcedure
    .meta({ audit: "password.change" })
    .input(schema.changePasswordInput)
    .output(schema.passwordChangedSchema)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  listOwnSessions: ownProcedure
    .input(schema.listSessionsInput)
    .output(schema.sessionPageSchema)
    .query(({ ctx, input }) => listOwnSessions(ctx, input)),
  revokeOwnSession: ownProcedure
    .meta({ audit: "session.revoke" })
    .input(schema.revokeSessionInput)
    .output(schema.revokedSchema)
    .mutation(({ ctx, input }) => revokeOwnSession(ctx, input)),
  revokeOtherSessions: ownProcedure
    .meta({ audit: "session.revoke" })
    .output(schema.revokedSchema)
    .mutation(({ ctx }) => revokeOtherSessions(ctx)),
  listOwnWays: ownProcedure.output(schema.ownWaysSchema).query(({ ctx }) => listOwnWays(ctx)),
  unlinkWay: ownProcedure
    .meta({ audit: "way.unlink" })
    .input(schema.unlinkWayInput)
    .output(schema.unlinkedSchema)
    .mutation(({ ctx, input }) => unlinkWay(ctx, input)),
  beginSecondFactor: ownProcedure
    .meta({ audit: "factor.begin" })
    .output(schema.begunSecondFactorSchema)
    .mutation(({ ctx }) => beginSecondFactor(ctx)),
  confirmSecondFactor: ownProcedure
    .meta({ audit: "factor.confirm" })
    .input(schema.secondFactorCodeInput)
    .output(schema.recoveryCodesSchema)
    .mutation(({ ctx, input }) => confirmSecondFactor(ctx, input)),
  removeSecondFactor: ownProcedure
    .meta({ audit: "factor.remove" })
    .input(schema.secondFactorCodeInput)
    .output(schema.secondFactorStateSchema)
    .mutation(({ ctx, input }) => removeSecondFactor(ctx, input)),
  renewRecoveryCodes: ownProcedure
    .meta({ audit: "factor.renew" })
    .input(schema.secondFactorCodeInput)
    .output(schema.recoveryCodesSchema)
    .mutation(({ ctx, input }) => renewRecoveryCodes(ctx, input)),

  listPeople: adminProcedure
    .input(schema.listPeopleInput)
    .output(schema.personPageSchema)
    .query(({ ctx, input }) => listPeople(ctx, input)),
  createPerson: adminProcedure
    .meta({ audit: "person.create" })
    .input(schema.createPersonInput)
    .output(schema.createPersonOutput)
    .mutation(({ ctx, input }) => createPerson(ctx, input)),
  createPasswordLink: adminProcedure
    .meta({ audit: "person.link" })
    .input(schema.personInput)
    .output(schema.passwordLinkSchema)
    .mutation(({ ctx, input }) => createPasswordLink(ctx, input)),
  linkWays: adminProcedure
    .output(schema.linkWaysSchema)
    .query(({ ctx }) => ({ canMail: ctx.deps.mailer.isConfigured })),
  invitePerson: adminProcedure
    .meta({ audit: "person.create" })
    .input(schema.invitePersonInput)
    .output(schema.invitedPersonSchema)
    .mutation(({ ctx, input }) => invitePerson(ctx, input)),
  mailPasswordLink: adminProcedure
    .meta({ audit: "person.link" })
    .input(schema.personInput)
    .output(schema.mailedLinkSchema)
    .mutation(({ ctx, input }) => mailPasswordLink(ctx, input)),
  revokePasswordLink: adminProcedure
    .meta({ audit: "person.unlink" })
    .input(schema.personReasonInput)
    .output(schema.personSchema)
    .mutation(({ ctx, input }) => revokePasswordLink(ctx, input)),
  updateGrants: adminProcedure
    .meta({ audit: "person.grant" })
    .input(schema.updateGrantsInput)
    .output(schema.personSchema)
    .mutation(({ ctx, input }) => updateGrants(ctx, input)),
  disablePerson: adminProcedure
    .meta({ audit: "person.disable" })
    .input(schema.personReasonInput)
    .output(schema.personSchema)
    .mutation(({ ctx, input }) => disablePerson(ctx, input)),
  enablePerson: adminProcedure
    .meta({ audit: "person.enable" })
    .input(schema.personReasonInput)
    .output(schema.personSchema)
    .mutation(({ ctx, input }) => enablePerson(ctx, input)),
  listSessionsOf: adminProcedure
    .input(schema.listSessionsOfInput)
    .output(schema.sessionPageSchema)
    .query(({ ctx, input }) => listSessionsOf(ctx, input)),
  revokeSessionsOf: adminProcedure
    .meta({ audit: "session.revoke" })
    .input(schema.revokeSessionsOfInput)
    .output(schema.revokedSchema)
    .mutation(({ ctx, input }) => revokeSessionsOf(ctx, input)),
});
