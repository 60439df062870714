"use client";

import Copy from "lucide-react/icons/copy";
import { Button } from "../../_ui/button.tsx";
import { Menu } from "../../_ui/menu.tsx";
import { type Copied, copyItems } from "./copy-items.ts";

/** For a list that is not exported as a file: everything of it is on the page. */
export function CopyMenu(copied: Copied) {
  return (
    <Menu label="Copy" items={copyItems(copied)} align="end">
      {(trigger) => (
        <Button kind="ghost" icon={Copy} {...trigger}>
          Copy
        </Button>
      )}
    </Menu>
  );
}
