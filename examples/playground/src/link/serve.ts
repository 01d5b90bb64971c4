import type { Answered, Asked, Services } from './protocol.js';

/** What a service is given besides the question. */
export interface Call<Tell> {
  readonly signal: AbortSignal;
  tell(value: Tell, transfer?: Transferable[]): void;
}

/** One function for each service. */
export type Handlers<S extends Services> = {
  readonly [N in keyof S]: (ask: S[N]['ask'], call: Call<S[N]['tell']>) => Promise<S[N]['answer']> | S[N]['answer'];
};

/** Answers, in a worker, what the page asks. */
export function serve<S extends Services>(handlers: Handlers<S>): void {
  const running = new Map<number, AbortController>();
  const post = (message: Answered, transfer: Transferable[] = []) => self.postMessage(message, { transfer });
  self.addEventListener('message', async ({ data }: MessageEvent<Asked>) => {
    const { id } = data;
    if ('stop' in data) {
      running.get(id)?.abort(new Error('stopped'));
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    const { signal } = controller;
    try {
      const handler = handlers[data.name]!;
      const answer = await handler(data.ask, { signal, tell: (tell, transfer) => post({ id, tell }, transfer) });
      post({ id, answer });
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      post({ id, failure, stopped: signal.aborted });
    } finally {
      running.delete(id);
    }
  });
}
