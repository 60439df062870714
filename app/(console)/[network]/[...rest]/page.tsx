import { notFound } from "next/navigation";

/** An address that no page has: said within the shell, where search and navigation are. */
export default function NoSuchPage() {
  notFound();
}
