"use client";

import { useState } from "react";
import { parseExactJson } from "../../../../../../../../server/kernel/exact-json.ts";
import { tabStopWhileScrolling } from "../../../../../../../_ui/tab-stop-while-scrolling.ts";

const shownAtFirst = 100;

type Parsed = { kind: "value"; value: unknown } | { kind: "fault"; why: string };

/** JSON as a tree that opens on demand; numbers keep every digit that was written. */
export function JsonView({ text }: { text: string }) {
  const parsed = parse(text);
  if (parsed.kind === "fault")
    return (
      <>
        <p className="panel-note t-warn">Not shown as a tree: {parsed.why}</p>
        <pre ref={tabStopWhileScrolling} className="look-text mono">
          {text}
        </pre>
      </>
    );
  return (
    <div className="look-text mono" role="tree" aria-label="JSON">
      <Entry name={null} value={parsed.value} depth={0} />
    </div>
  );
}

function parse(text: string): Parsed {
  try {
    return { kind: "value", value: parseExactJson(text) };
  } catch (error) {
    return { kind: "fault", why: error instanceof Error ? error.message : String(error) };
  }
}

type EntryProps = { name: string | null; value: unknown; depth: number };

function Entry({ name, value, depth }: EntryProps) {
  const [isOpen, setOpen] = useState(depth < 2);
  const entries = entriesOf(value);
  const label = name === null ? null : <span className="sec">{name}: </span>;
  if (entries === null)
    return (
      <div role="treeitem" tabIndex={-1} style={{ paddingLeft: depth * 14 + 14 }}>
        {label}
        {writtenForm(value)}
      </div>
    );
  const isList = Array.isArray(value);
  return (
    <div role="treeitem" tabIndex={-1} aria-expanded={isOpen}>
      <button
        type="button"
        className="look-fold"
        style={{ paddingLeft: depth * 14 }}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="dim">{isOpen ? "▾" : "▸"} </span>
        {label}
        <span className="dim">{isList ? `[${entries.length}]` : `{${entries.length}}`}</span>
      </button>
      {isOpen && <Entries entries={entries} depth={depth + 1} />}
    </div>
  );
}

function Entries({ entries, depth }: { entries: readonly (readonly [string, unknown])[]; depth: number }) {
  const [shown, setShown] = useState(shownAtFirst);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a tree, not a fieldset
    <div role="group">
      {entries.slice(0, shown).map(([name, value]) => (
        <Entry key={name} name={name} value={value} depth={depth} />
      ))}
      {entries.length > shown && (
        <button
          type="button"
          className="look-fold dim"
          style={{ paddingLeft: depth * 14 + 14 }}
          onClick={() => setShown(shown * 10)}
        >
          {entries.length - shown} more
        </button>
      )}
    </div>
  );
}

/** Null for what has no parts; a number that JavaScript cannot hold is one of those. */
function entriesOf(value: unknown): (readonly [string, unknown])[] | null {
  if (typeof value !== "object" || value === null || "rawJSON" in value) return null;
  return Object.entries(value);
}

function writtenForm(value: unknown): string {
  return JSON.stringify(value);
}
