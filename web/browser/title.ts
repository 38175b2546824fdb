/** Shows a count in the page's title while nobody looks at it. */
export interface TitleBadge {
  readonly add: (count: number) => void;
  stop(): void;
}

export function createTitleBadge(label: (count: number, title: string) => string): TitleBadge {
  const title = document.title;
  let unread = 0;
  const seen = (): void => {
    if (document.hidden) return;
    unread = 0;
    document.title = title;
  };
  document.addEventListener('visibilitychange', seen);
  return {
    add: (count) => {
      if (!document.hidden || count === 0) return;
      unread += count;
      document.title = label(unread, title);
    },
    stop: () => document.removeEventListener('visibilitychange', seen),
  };
}
