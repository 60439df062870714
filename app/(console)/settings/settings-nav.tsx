"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Fragment } from "react";

const groups = [
  {
    title: "Access",
    pages: [
      { label: "People and roles", href: "/settings/people" },
      { label: "Roles", href: "/settings/roles" },
      { label: "API tokens", href: "/settings/tokens" },
      { label: "Audit log", href: "/settings/audit" },
    ],
  },
  {
    title: "Network",
    pages: [
      { label: "Sources", href: "/settings/sources" },
      { label: "Retention", href: "/settings/retention" },
      { label: "Thresholds", href: "/settings/thresholds" },
      { label: "Content checks", href: "/settings/checks" },
      { label: "Configuration", href: "/settings/configuration" },
    ],
  },
  { title: "Yours", pages: [{ label: "Account", href: "/settings/account" }] },
] as const;

export function SettingsNav() {
  const pathname = usePathname();
  return (
    <nav className="sided-nav" aria-label="Settings">
      {groups.map(({ title, pages }) => (
        <Fragment key={title}>
          <div className="sided-group">{title}</div>
          {pages.map(({ label, href }) => (
            <Link
              key={href}
              className="sided-item"
              href={href}
              aria-current={pathname === href ? "page" : undefined}
            >
              {label}
            </Link>
          ))}
        </Fragment>
      ))}
    </nav>
  );
}
