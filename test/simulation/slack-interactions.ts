import type { SlackConnection } from '../../src/desks/slack/connection.ts';

type Handler = (given: { readonly ack: () => Promise<void>; readonly body: unknown }) => Promise<void>;

/** Clicks and forms in Slack, given to whoever registered for them: what bolt does. */
export interface Interactions {
  readonly app: SlackConnection['app'];
  /** Resolves when what was asked has been done; Slack itself hears only of the acknowledgement. */
  click(user: string, action: string, value: string): Promise<void>;
  submit(
    user: string,
    form: string,
    about: string,
    view: string,
    values: Readonly<Record<string, string>>,
  ): Promise<void>;
}

export function createInteractions(): Interactions {
  const handlers = new Map<string, Handler>();
  const register = (name: unknown, handler: unknown): void => void handlers.set(String(name), handler as Handler);
  const ignore = (): void => {};
  const give = (name: string, body: unknown): Promise<void> =>
    handlers.get(name)?.({ ack: () => Promise.resolve(), body }) ?? Promise.reject(new Error(`nobody takes ${name}`));
  return {
    app: {
      action: register,
      view: register,
      command: ignore,
      shortcut: ignore,
      event: ignore,
    } as SlackConnection['app'],
    click: (user, action, value) =>
      give(action, { user: { id: user }, trigger_id: 't', actions: [{ action_id: action, value }] }),
    submit: (user, form, about, view, values) =>
      give(form, {
        user: { id: user },
        view: {
          id: view,
          private_metadata: about,
          state: {
            values: Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { value: { value } }])),
          },
        },
      }),
  };
}
