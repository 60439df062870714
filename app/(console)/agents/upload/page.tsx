import type { Metadata } from "next";
import { UploadEntry } from "./upload-entry.tsx";

export const metadata: Metadata = { title: "Upload a version" };

export default function UploadPage() {
  return <UploadEntry />;
}
