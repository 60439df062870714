"use client";

import { useState } from "react";
import { Dialog } from "../../_ui/dialog.tsx";
import { TextField } from "../../_ui/text-field.tsx";
import { findKeys, keyMap } from "./key-map.ts";

/** All keys by group; typing narrows them. */
export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [text, setText] = useState("");
  const groups = findKeys(keyMap, text);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keyboard" width={640}>
      <TextField label="Find a key" value={text} onChange={setText} autoComplete="off" spellCheck={false} />
      <div className="keys">
        {groups.map(({ title, entries }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl className="shortcuts">
              {entries.map(({ what, keys }) => (
                <div key={what}>
                  <dt>{what}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key} className="kbd">
                        {key}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {groups.length === 0 && <p className="sec">No key does “{text.trim()}”.</p>}
      </div>
    </Dialog>
  );
}
