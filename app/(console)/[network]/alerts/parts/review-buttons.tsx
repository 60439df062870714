import AlarmClock from "lucide-react/icons/alarm-clock";
import BellOff from "lucide-react/icons/bell-off";
import Check from "lucide-react/icons/check";
import Undo2 from "lucide-react/icons/undo-2";
import UserPlus from "lucide-react/icons/user-plus";
import { Button } from "../../../../_ui/button.tsx";
import type { ReviewTarget } from "./review-target.ts";
import { snoozeMs } from "./snooze.ts";
import type { ReviewActions } from "./use-review-actions.tsx";

type ReviewButtonsProps = {
  actions: ReviewActions;
  target: ReviewTarget;
  /** The keys do the same: they are shown on the buttons. */
  hasKeys: boolean;
};

export function ReviewButtons({ actions, target, hasKeys }: ReviewButtonsProps) {
  const { refusal } = actions;
  const { silence } = target;
  const key = (shortcut: string) => ({ size: "small" as const, ...(hasKeys && { shortcut }) });
  return (
    <>
      <Button
        {...key("e")}
        icon={Check}
        refused={refusal}
        onClick={() => actions.run(target, { kind: "acknowledge" })}
      >
        Acknowledge
      </Button>
      <Button {...key("a")} icon={UserPlus} refused={refusal} onClick={() => actions.assign(target)}>
        Assign
      </Button>
      <Button
        {...key("z")}
        icon={AlarmClock}
        refused={refusal}
        onClick={() => actions.run(target, { kind: "snooze", forMs: snoozeMs })}
      >
        Snooze 1 h
      </Button>
      {silence !== null && (
        <Button
          {...key("s")}
          icon={BellOff}
          refused={refusal ?? (typeof silence === "string" ? silence : null)}
          onClick={() => typeof silence !== "string" && actions.silence(silence)}
        >
          Silence
        </Button>
      )}
      <Button
        {...key("u")}
        icon={Undo2}
        refused={refusal}
        onClick={() => actions.run(target, { kind: "release" })}
      >
        Back to queue
      </Button>
    </>
  );
}
