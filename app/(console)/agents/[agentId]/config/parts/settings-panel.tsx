import type { ConfigView } from "../../../../../../server/features/agent-config/schema.ts";
import { cx } from "../../../../../_ui/cx.ts";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { kindOf, shown } from "./draft-values.ts";
import { SettingInput } from "./setting-input.tsx";
import type { ConfigDraft } from "./use-config-draft.ts";

type SettingsPanelProps = { config: ConfigView; draft: ConfigDraft };

/** One row a setting: what it is, its value, and what the manifest says when nobody sets it. */
export function SettingsPanel({ config, draft }: SettingsPanelProps) {
  const { fields, typedBy } = config;
  const versions = typedBy.map(({ semver }) => semver).join(" and ");
  return (
    <Panel
      title="Settings"
      sub={`typed by the manifest of ${versions}, applied without a restart`}
      isFlush
      state={fields.length === 0 ? { kind: "empty", ...noSetting } : { kind: "data" }}
    >
      <div className="cf-head" aria-hidden="true">
        <span>Setting</span>
        <span>Value</span>
        <span>Manifest default</span>
      </div>
      {fields.map((one) => (
        <SettingRow key={one.name} one={one} config={config} draft={draft} />
      ))}
      <Leftovers config={config} draft={draft} />
    </Panel>
  );
}

const noSetting = {
  title: "No setting beside secrets",
  children: "The manifests of the versions that run here declare none.",
};

type SettingRowProps = SettingsPanelProps & { one: ConfigView["fields"][number] };

function SettingRow({ one: { name, field, only }, config, draft }: SettingRowProps) {
  const { settings, revision } = config;
  const edit = draft.edits[name];
  const isEdited = edit !== undefined;
  const issue = draft.issues.find((found) => found.field === name);
  const known = settings[name] ?? field.default;
  const isDefault = isEdited ? edit === null : settings[name] === undefined;
  const ids = { label: `setting-${name}`, note: `setting-${name}-note` };
  return (
    <div className={cx("cf", isEdited && "is-changed", issue && "is-bad")}>
      <div className="cf-name">
        <b className="mono" id={ids.label}>
          {name}
        </b>
        <span className="dim">{kindOf(field)}</span>
      </div>
      <div className="cf-value">
        <SettingInput
          field={field}
          labelledBy={ids.label}
          describedBy={ids.note}
          value={edit === undefined ? known : (edit ?? field.default)}
          isFaulty={issue !== undefined}
          onChange={(next) => draft.edit(name, next)}
        />
        <div id={ids.note} className="hint" role={issue && "alert"}>
          {issue && (
            <span className="t-crit">
              <Glyph tone="crit" size={9} /> {issue.message}{" "}
            </span>
          )}
          {isEdited && `was ${shown(known)}${revision > 0 ? ` in rev ${revision}` : ""} `}
          {!isEdited && (field.description ?? field.title)}
          {only.length > 0 && ` Only ${only.join(" and ")} has it.`}
        </div>
      </div>
      <div className="cf-default">
        <span className="mono">{shown(field.default)}</span>
        {!isDefault && (
          <button type="button" className="lk" onClick={() => draft.edit(name, null)}>
            Use default<span className="sr-only"> of {name}</span>
          </button>
        )}
      </div>
    </div>
  );
}

/** Set once, and declared by no version that runs any more. */
function Leftovers({ config: { settings, fields }, draft }: SettingsPanelProps) {
  const names = Object.keys(settings).filter((name) => !fields.some((one) => one.name === name));
  if (names.length === 0) return null;
  return (
    <ul className="panel-note" aria-label="Settings that no version has">
      {names.map((name) => (
        <li key={name}>
          <span className="mono">{name}</span> is {shown(settings[name])}, and no version that runs here has
          it.{" "}
          <button type="button" className="lk" onClick={() => draft.edit(name, null)}>
            {draft.edits[name] === null ? "Taken away" : "Take it away"}
          </button>
        </li>
      ))}
    </ul>
  );
}
