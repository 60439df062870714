import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { EarlyClicksScript } from "./_ui/early-clicks-script.tsx";
import { NowProvider } from "./_ui/now.tsx";
import { ThemeScript } from "./_ui/theme-script.tsx";
import { Tips } from "./_ui/tips.tsx";
import { Toaster } from "./_ui/toaster.tsx";
import { nonceOf } from "./nonce-of.ts";

export const metadata: Metadata = {
  title: { template: "%s · DDC Console", default: "DDC Console" },
  description: "Operations console for the Cere decentralized data cloud.",
  icons: { icon: "/icons/console.svg" },
};

export const viewport: Viewport = {
  colorScheme: "dark light",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafb" },
    { media: "(prefers-color-scheme: dark)", color: "#0b0c0e" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = nonceOf(await headers());
  return (
    <html lang="en" data-theme="dark" suppressHydrationWarning>
      <head>
        <link rel="preload" href="/fonts/Geist.woff2" as="font" type="font/woff2" crossOrigin="anonymous" />
        <ThemeScript nonce={nonce} />
        <EarlyClicksScript nonce={nonce} />
      </head>
      <body>
        <NowProvider at={Date.now()}>{children}</NowProvider>
        <Toaster />
        <Tips />
      </body>
    </html>
  );
}
