import "../settings/settings.css";
import "./docs.css";
import type { ReactNode } from "react";
import { GuideNav } from "./guide-nav.tsx";

export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="sided">
      <GuideNav />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
