import "./settings.css";
import type { ReactNode } from "react";
import { SettingsNav } from "./settings-nav.tsx";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="sided">
      <SettingsNav />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
