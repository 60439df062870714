import type { Rule } from "../../../../../../../server/features/alerts/rule-schema.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { BuiltInEditor } from "./built-in-editor.tsx";
import { OwnEditor } from "./own-editor.tsx";

/** Null = a rule that is not there yet. */
export function RuleEditor({ network, rule }: { network: NetworkName; rule: Rule | null }) {
  if (rule === null || rule.own !== null) return <OwnEditor network={network} rule={rule} />;
  return <BuiltInEditor network={network} rule={rule} />;
}
