"use client";

import Trash from "lucide-react/icons/trash-2";
import type { DeploymentView, SetIssue } from "../../../../../../server/features/deployments/schema.ts";
import { Checkbox } from "../../../../../_ui/checkbox.tsx";
import { IconButton } from "../../../../../_ui/icon-button.tsx";
import { TextField } from "../../../../../_ui/text-field.tsx";
import { SelectField } from "../../../../settings/select-field.tsx";
import { type DraftRecord, fieldText, numberOf } from "./draft-rules.ts";

type RecordFormProps = {
  index: number;
  record: DraftRecord;
  issues: readonly SetIssue[];
  deployment: DeploymentView;
  onChange: (record: DraftRecord) => void;
  onRemove: () => void;
};

/** One record, each fault at its field. */
export function RecordForm({ index, record, issues, deployment, onChange, onRemove }: RecordFormProps) {
  const problemOf = (field: string) =>
    issues.find(
      ({ pointer }) => pointer === `/${index}/${field}` || pointer.startsWith(`/${index}/${field}/`),
    )?.message;
  const whole = issues.find(({ pointer }) => pointer === `/${index}`)?.message;
  const set = (field: string, value: unknown) => onChange({ ...record, [field]: value });
  const number = (field: string) => ({
    value: fieldText(record[field]),
    problem: problemOf(field),
    inputMode: "numeric" as const,
    onChange: (text: string) => set(field, numberOf(text)),
  });
  const name = fieldText(record.name);
  return (
    <fieldset className="flex flex-col gap-3 px-4 pt-3 pb-4" aria-label={`Record ${name}`}>
      <div className="flex items-center gap-2">
        <b className="text-13">{name}</b>
        {whole && <span className="t-crit text-12">{whole}</span>}
        <span className="ml-auto" />
        <IconButton icon={Trash} label={`Remove ${name}`} onClick={onRemove} />
      </div>
      <div className="grid gap-3" style={{ gridTemplateColumns: "repeat(auto-fit, minmax(180px, 1fr))" }}>
        <TextField
          label="Name"
          value={name}
          problem={problemOf("name")}
          isMono
          className="min-w-0"
          onChange={(text) => set("name", text)}
        />
        <TextField className="min-w-0" label="Priority, lower wins" {...number("priority")} />
        <TextField className="min-w-0" label="Weight" {...number("weight")} />
        <VersionField
          deployment={deployment}
          value={fieldText(record.version)}
          problem={problemOf("version")}
          onChange={(cid) => set("version", cid)}
        />
      </div>
      <TextField
        label="Targeting: CEL over vault.id, vault.scope and event.type; empty = the default"
        value={fieldText(record.targeting)}
        problem={problemOf("targeting")}
        isMono
        spellCheck={false}
        onChange={(text) => set("targeting", text)}
      />
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label="Expires, RFC 3339; empty = never"
          value={fieldText(record.expiresAt)}
          problem={problemOf("expiresAt")}
          isMono
          placeholder="2027-01-31T12:00:00Z"
          onChange={(text) => set("expiresAt", text === "" ? null : text)}
        />
        <Checkbox
          label="Enabled"
          isChecked={record.enabled !== false}
          onChange={(isOn) => set("enabled", isOn)}
        />
        {problemOf("enabled") && <span className="t-crit text-12">{problemOf("enabled")}</span>}
      </div>
      <p className="dim text-12">
        {countOf(record.params, "param")} and {countOf(record.engagements, "engagement")} overridden, in the
        JSON.
        {(["params", "engagements"] as const).map((field) => (
          <span key={field} className="t-crit">
            {" "}
            {problemOf(field)}
          </span>
        ))}
      </p>
    </fieldset>
  );
}

type VersionFieldProps = {
  deployment: DeploymentView;
  value: string;
  problem: string | undefined;
  onChange: (cid: string) => void;
};

function VersionField({ deployment, value, problem, onChange }: VersionFieldProps) {
  const known = deployment.versions.map(({ cid, semver, state }) => ({
    value: cid,
    label: `${semver} · ${state} · …${cid.slice(-4)}`,
  }));
  const options = known.some((option) => option.value === value)
    ? known
    : [{ value, label: value === "" ? "none" : `unknown …${value.slice(-4)}` }, ...known];
  return (
    <div className="min-w-0">
      <SelectField label="Version" value={value} options={options} onChange={onChange} />
      {problem && <p className="hint t-crit">{problem}</p>}
    </div>
  );
}

function countOf(value: unknown, what: string): string {
  const count = typeof value === "object" && value !== null ? Object.keys(value).length : 0;
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
