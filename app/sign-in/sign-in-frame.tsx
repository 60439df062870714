import "./sign-in.css";
import { headers } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "../_shell/brand-mark.tsx";

type SignInFrameProps = { title: string; sub: ReactNode; children: ReactNode };

/** The one column of the pages before somebody is known; the host stands there so that people can check it. */
export async function SignInFrame({ title, sub, children }: SignInFrameProps) {
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
        <div className="si-col">
          <h1>{title}</h1>
          <p className="si-sub">{sub}</p>
          {children}
        </div>
      </main>
    </div>
  );
}
