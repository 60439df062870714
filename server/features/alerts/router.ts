import { operatorProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { acknowledgeAlerts } from "./acknowledge-alerts.ts";
import { assignAlerts } from "./assign-alerts.ts";
import { countAlerts } from "./count-alerts.ts";
import { createRule } from "./create-rule.ts";
import { createSilence } from "./create-silence.ts";
import { alertDetailSchema } from "./detail-schema.ts";
import { endSilence } from "./end-silence.ts";
import { getAlert } from "./get-alert.ts";
import { listAlerts } from "./list-alerts.ts";
import { listAssignees } from "./list-assignees.ts";
import { listGroups } from "./list-groups.ts";
import { listOwners } from "./list-owners.ts";
import { listRevisions } from "./list-revisions.ts";
import { listRules } from "./list-rules.ts";
import { listSilences } from "./list-silences.ts";
import { previewRule } from "./preview-rule.ts";
import { previewSilence } from "./preview-silence.ts";
import { releaseAlerts } from "./release-alerts.ts";
import { reviseRule } from "./revise-rule.ts";
import {
  createRuleInput,
  listRevisionsInput,
  listRulesInput,
  previewRuleInput,
  reviseRuleInput,
  revisionsSchema,
  rulePreviewSchema,
  ruleSchema,
  rulesSchema,
  updateRuleInput,
  writtenRuleSchema,
} from "./rule-schema.ts";
import {
  acknowledgeInput,
  alertCountsSchema,
  alertGroupPageSchema,
  alertInput,
  alertPageSchema,
  assigneePageSchema,
  assignInput,
  countAlertsInput,
  createSilenceInput,
  endSilenceInput,
  listAlertsInput,
  listAssigneesInput,
  listGroupsInput,
  listOwnersInput,
  listSilencesInput,
  outcomesSchema,
  ownersSchema,
  previewSilenceInput,
  releaseInput,
  silencePageSchema,
  silencePreviewSchema,
  silenceSchema,
  snoozeInput,
} from "./schema.ts";
import { snoozeAlerts } from "./snooze-alerts.ts";
import { updateRule } from "./update-rule.ts";

export const alertsRouter = router({
  list: viewerProcedure
    .input(listAlertsInput)
    .output(alertPageSchema)
    .query(({ ctx, input }) => listAlerts(ctx, input)),
  groups: viewerProcedure
    .input(listGroupsInput)
    .output(alertGroupPageSchema)
    .query(({ ctx, input }) => listGroups(ctx, input)),
  get: viewerProcedure
    .input(alertInput)
    .output(alertDetailSchema)
    .query(({ ctx, input }) => getAlert(ctx, input)),
  counts: viewerProcedure
    .input(countAlertsInput)
    .output(alertCountsSchema)
    .query(({ ctx, input }) => countAlerts(ctx, input)),
  acknowledge: operatorProcedure
    .meta({ audit: "alert.acknowledge" })
    .input(acknowledgeInput)
    .output(outcomesSchema)
    .mutation(({ ctx, input }) => acknowledgeAlerts(ctx, input)),
  assign: operatorProcedure
    .meta({ audit: "alert.assign" })
    .input(assignInput)
    .output(outcomesSchema)
    .mutation(({ ctx, input }) => assignAlerts(ctx, input)),
  assignees: viewerProcedure
    .input(listAssigneesInput)
    .output(assigneePageSchema)
    .query(({ ctx, input }) => listAssignees(ctx, input)),
  owners: viewerProcedure
    .input(listOwnersInput)
    .output(ownersSchema)
    .query(({ ctx, input }) => listOwners(ctx, input)),
  release: operatorProcedure
    .meta({ audit: "alert.release" })
    .input(releaseInput)
    .output(outcomesSchema)
    .mutation(({ ctx, input }) => releaseAlerts(ctx, input)),
  snooze: operatorProcedure
    .meta({ audit: "alert.snooze" })
    .input(snoozeInput)
    .output(outcomesSchema)
    .mutation(({ ctx, input }) => snoozeAlerts(ctx, input)),
  previewSilence: viewerProcedure
    .input(previewSilenceInput)
    .output(silencePreviewSchema)
    .query(({ ctx, input }) => previewSilence(ctx, input)),
  silence: operatorProcedure
    .meta({ audit: "alert.silence" })
    .input(createSilenceInput)
    .output(silenceSchema)
    .mutation(({ ctx, input }) => createSilence(ctx, input)),
  unsilence: operatorProcedure
    .meta({ audit: "alert.unsilence" })
    .input(endSilenceInput)
    .output(silenceSchema)
    .mutation(({ ctx, input }) => endSilence(ctx, input)),
  silences: viewerProcedure
    .input(listSilencesInput)
    .output(silencePageSchema)
    .query(({ ctx, input }) => listSilences(ctx, input)),
  rules: viewerProcedure
    .input(listRulesInput)
    .output(rulesSchema)
    .query(({ ctx, input }) => listRules(ctx, input)),
  revisions: viewerProcedure
    .input(listRevisionsInput)
    .output(revisionsSchema)
    .query(({ ctx, input }) => listRevisions(ctx, input)),
  createRule: operatorProcedure
    .meta({ audit: "alert.rule" })
    .input(createRuleInput)
    .output(writtenRuleSchema)
    .mutation(({ ctx, input }) => createRule(ctx, input)),
  reviseRule: operatorProcedure
    .meta({ audit: "alert.rule" })
    .input(reviseRuleInput)
    .output(writtenRuleSchema)
    .mutation(({ ctx, input }) => reviseRule(ctx, input)),
  previewRule: viewerProcedure
    .input(previewRuleInput)
    .output(rulePreviewSchema)
    .query(({ ctx, input }) => previewRule(ctx, input)),
  updateRule: operatorProcedure
    .meta({ audit: "alert.rule" })
    .input(updateRuleInput)
    .output(ruleSchema)
    .mutation(({ ctx, input }) => updateRule(ctx, input)),
});
