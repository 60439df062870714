"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { guidePages } from "./guide-pages.ts";

export function GuideNav() {
  const pathname = usePathname();
  return (
    <nav className="sided-nav" aria-label="Guide">
      <div className="sided-group">Guide</div>
      {guidePages.map(({ name, title }) => (
        <Link
          key={name}
          className="sided-item"
          href={`/docs/${name}`}
          aria-current={pathname === `/docs/${name}` ? "page" : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
