import Bell from "lucide-react/icons/bell";
import Bot from "lucide-react/icons/bot";
import Box from "lucide-react/icons/box";
import Boxes from "lucide-react/icons/boxes";
import Database from "lucide-react/icons/database";
import FileDigit from "lucide-react/icons/file-digit";
import Fingerprint from "lucide-react/icons/fingerprint-pattern";
import Link from "lucide-react/icons/link-2";
import Server from "lucide-react/icons/server";
import Siren from "lucide-react/icons/siren";
import User from "lucide-react/icons/user";
import Wallet from "lucide-react/icons/wallet";
import Waves from "lucide-react/icons/waves";
import type { IconType } from "../../_ui/icon.tsx";

const icons: Readonly<Record<string, IconType>> = {
  account: Wallet,
  agent: Bot,
  alert: Bell,
  block: Box,
  bucket: Database,
  cid: FileDigit,
  cluster: Boxes,
  extrinsic: Box,
  incident: Siren,
  node: Server,
  page: Link,
  person: User,
  record: Waves,
};

export function iconOf(kind: string): IconType {
  return icons[kind] ?? Fingerprint;
}
