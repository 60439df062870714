import type { Metadata } from "next";
import { AuditEntry } from "./audit-entry.tsx";

export const metadata: Metadata = { title: "Audit log" };

export default function AuditPage() {
  return <AuditEntry />;
}
