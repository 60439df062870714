"use client";

import FileCheck from "lucide-react/icons/file-check";
import { useState } from "react";
import { Button } from "../../_ui/button.tsx";
import type { Verifier } from "./open-verifier.ts";
import { saveFile } from "./save-file.ts";

/** All that was judged so far, as JSON; it can be checked again without the network. */
export function ReceiptButton({ verifier, cid }: { verifier: Verifier; cid: string }) {
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const text = await verifier.receipt();
    saveFile(new Blob([text], { type: "application/json" }), `receipt-${cid.slice(0, 16)}.json`);
    setBusy(false);
  };
  return (
    <Button size="small" icon={FileCheck} isBusy={isBusy} onClick={() => void save()}>
      Receipt
    </Button>
  );
}
