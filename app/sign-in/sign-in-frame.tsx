import "./sign-in.css";
import { headers } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "../_shell/brand-mark.tsx";

/** The one column of the pages before somebody is known; the host stands there so that people can check it. */
export async function SignInFrame({ children }: { children: ReactNode }) {
  const host = (await headers()).get("host");
  return (
    <div className="si">
      <header className="si-top">
        <Link className="brand" href="/">
          <BrandMark />
          <span>DDC Console</span>
        </Link>
        <span className="sp" />
        <span className="dim">{host}</span>
      </header>
      <main className="si-main" id="main">
        <div className="si-col">{children}</div>
      </main>
    </div>
  );
}
