"use client";

import { useId, useMemo, useRef } from "react";
import { Button } from "../../../../../_ui/button.tsx";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { lineOf, linesOf } from "./draft-rules.ts";
import type { SetDraft } from "./use-draft.ts";

/** The same SET as text. Lines with a fault are marked, and each fault leads to its line. */
export function JsonPanel({ draft, generation }: { draft: SetDraft; generation: number }) {
  const { text, issues, isChanged } = draft;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = useMemo(() => linesOf(text), [text]);
  const count = text.split("\n").length;
  const faulty = new Set(issues.map(({ pointer }) => lineOf(lines, pointer)));
  const goTo = (line: number) => {
    const start =
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    area.current?.focus();
    area.current?.setSelectionRange(
      start,
      text.indexOf("\n", start) < 0 ? text.length : text.indexOf("\n", start),
    );
  };
  return (
    <Panel
      title="JSON"
      sub={isChanged ? `draft against SET ${generation}` : "the same SET, either side writes"}
      actions={
        <Button
          size="small"
          kind="ghost"
          onClick={draft.discard}
          refused={isChanged ? null : "Nothing is changed"}
        >
          Discard draft
        </Button>
      }
    >
      <label className="sr-only" htmlFor={id}>
        SET as JSON
      </label>
      <div className="set-json" data-faulty={issues.length > 0 || undefined}>
        <ol aria-hidden="true">
          {Array.from({ length: count }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <li key={index} data-faulty={faulty.has(index + 1) || undefined}>
              {index + 1}
            </li>
          ))}
        </ol>
        <textarea
          ref={area}
          id={id}
          className="mono"
          rows={count}
          wrap="off"
          spellCheck={false}
          value={text}
          aria-invalid={issues.length > 0 ? true : undefined}
          aria-describedby={`${id}-issues`}
          onChange={(event) => draft.setText(event.currentTarget.value)}
        />
      </div>
      <ul id={`${id}-issues`} className="flex flex-col gap-1 pt-2 text-12" aria-live="polite">
        {issues.map(({ pointer, message }) => (
          <li key={`${pointer} ${message}`}>
            <button
              type="button"
              className="lk t-crit text-left"
              onClick={() => goTo(lineOf(lines, pointer))}
            >
              <Glyph tone="crit" size={9} /> line {lineOf(lines, pointer)}
              {pointer !== "" && <span className="mono"> {pointer}</span>}: {message}
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
