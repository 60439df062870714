"use client";

import { Toast } from "@base-ui/react/toast";
import X from "lucide-react/icons/x";
import { useEffect } from "react";
import { Button } from "./button.tsx";
import { Glyph } from "./glyph.tsx";
import { Icon } from "./icon.tsx";
import { type Queued, takeNotification } from "./notify.ts";

const manager = Toast.createToastManager<{ notification: Queued }>();
const staysMs = 6_000;

export function ToastStack({ queue }: { queue: readonly Queued[] }) {
  useEffect(() => {
    for (const notification of queue) {
      const isFailure = notification.tone === "crit";
      manager.add({
        data: { notification },
        timeout: isFailure ? 0 : staysMs,
        priority: isFailure ? "high" : "low",
      });
      takeNotification(notification.id);
    }
  }, [queue]);
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager<{ notification: Queued }>();
  return toasts.map((toast) => {
    const notification = toast.data?.notification;
    if (!notification) return null;
    const { action } = notification;
    return (
      <Toast.Root key={toast.id} toast={toast} className="toast">
        <Glyph tone={notification.tone} />
        <div className="min-w-0 flex-1">
          <Toast.Title render={<b />}>{notification.title}</Toast.Title>{" "}
          {notification.detail && (
            <Toast.Description render={<span className="sec" />}>{notification.detail}</Toast.Description>
          )}
        </div>
        {action && (
          <Button
            size="small"
            kind="ghost"
            onClick={() => {
              action.run();
              manager.close(toast.id);
            }}
          >
            {action.label}
          </Button>
        )}
        <Toast.Close className="iconbtn" aria-label="Dismiss">
          <Icon of={X} size={12} />
        </Toast.Close>
      </Toast.Root>
    );
  });
}
